// The big cascade with std::priority_queue: argv = file of int32 columns. Prints ms of the median of three runs, and a hash of the falls.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <queue>
#include <vector>

static double cpu() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}
struct Event {
  double time;
  uint32_t serial;
  int32_t node;
};
struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.time > b.time || (a.time == b.time && a.serial > b.serial);
  }
};

int main(int, char** argv) {
  FILE* file = fopen(argv[1], "rb");
  if (!file) return 1;
  auto read = [&](size_t n) {
    std::vector<int32_t> column(n);
    if (fread(column.data(), 4, n, file) != n) throw 1;
    return column;
  };
  auto sizes = read(2);
  size_t count = sizes[0];
  auto start = read(count + 1), to = read(sizes[1]), least = read(count), delay = read(count);
  auto struck = read(read(1)[0]);
  double times[3];
  uint32_t hash = 0;
  for (double& time : times) {
    double from = cpu();
    std::vector<int32_t> fell(count, -1), lost(count, 0);
    std::priority_queue<Event, std::vector<Event>, Later> queue;
    uint32_t serial = 0;
    for (int32_t v : struck) queue.push({1000, ++serial, v});
    while (!queue.empty()) {
      Event event = queue.top();
      queue.pop();
      if (fell[event.node] != -1) continue;
      fell[event.node] = int32_t(event.time);
      for (int32_t i = start[event.node]; i < start[event.node + 1]; i++) {
        int32_t other = to[i];
        if (++lost[other] == least[other]) queue.push({event.time + delay[other], ++serial, other});
      }
    }
    time = cpu() - from;
    hash = 0;
    for (int32_t at : fell) hash = hash * 31 + uint32_t(at);
  }
  std::sort(times, times + 3);
  printf("%.3f %x\n", times[1], hash);
}
