// Hold model with std::priority_queue: argv = file of increments (uint32), how many, queued, operations. Prints ms and order hash.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
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
  int32_t item;
};
struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.time > b.time || (a.time == b.time && a.serial > b.serial);
  }
};

int main(int, char** argv) {
  size_t count = strtoul(argv[2], nullptr, 10), queued = strtoul(argv[3], nullptr, 10);
  size_t operations = strtoul(argv[4], nullptr, 10);
  std::vector<uint32_t> increments(count);
  FILE* file = fopen(argv[1], "rb");
  if (!file || fread(increments.data(), 4, count, file) != count) return 1;
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  uint32_t serial = 0;
  for (size_t i = 0; i < queued; i++) queue.push({double(increments[(i * 7) % count]), ++serial, int32_t(i)});
  size_t at = 0;
  uint32_t hash = 0;
  auto hold = [&](size_t n) {
    for (size_t i = 0; i < n; i++) {
      Event event = queue.top();
      queue.pop();
      hash = hash * 31 + uint32_t(event.item);
      queue.push({event.time + increments[at++ % count], ++serial, event.item});
    }
  };
  hold(queued * 2 < operations ? queued * 2 : operations);
  hash = 0;
  double start = cpu();
  hold(operations);
  printf("%.3f %x\n", cpu() - start, hash);
}
