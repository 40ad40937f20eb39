// Routes of one block over an Internet after Gao and Rexford: in closed form, and message by message.
// routes FILE closed             for each origin of the file, in the second of two passes; prints milliseconds for all, and a hash of all routes
// routes FILE events             one origin announces and withdraws; prints milliseconds of both, then the hash after each and the messages
// FILE: int32 networks, links, origins; from[], to[], relation[] (0 peers, 1 buys); origins[]. Networks in the order of preference.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <queue>
#include <vector>
using namespace std;

static double cpu() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int n, m, origins;
static vector<int> from, to, relation, chosen;
// Halves by who owns them: customers, then peers, then providers, each in rising order; `back` is the same link from the other end.
static vector<int> first, peersFrom, providersFrom, other, back, owner;
static vector<uint8_t> sort_;

static void read(const char* name) {
  FILE* f = fopen(name, "rb");
  if (!f) exit(2);
  auto ints = [&](vector<int>& v, int count) {
    v.resize(count);
    if (fread(v.data(), 4, count, f) != (size_t)count) exit(2);
  };
  vector<int> head;
  ints(head, 3);
  n = head[0], m = head[1], origins = head[2];
  ints(from, m), ints(to, m), ints(relation, m), ints(chosen, origins);
  fclose(f);
}

static void build() {
  struct Half { int owner, sort, other, link; };
  vector<Half> halves;
  for (int i = 0; i < m; i++) {
    bool buys = relation[i] == 1;
    halves.push_back({to[i], buys ? 0 : 1, from[i], i});
    halves.push_back({from[i], buys ? 2 : 1, to[i], i});
  }
  sort(halves.begin(), halves.end(), [](const Half& a, const Half& b) {
    return a.owner != b.owner ? a.owner < b.owner : a.sort != b.sort ? a.sort < b.sort : a.other < b.other;
  });
  first.assign(n + 1, 0), peersFrom.assign(n, 0), providersFrom.assign(n, 0);
  other.resize(2 * m), back.resize(2 * m), owner.resize(2 * m), sort_.resize(2 * m);
  vector<int> one(m, -1);
  for (int h = 0; h < 2 * m; h++) {
    other[h] = halves[h].other, owner[h] = halves[h].owner, sort_[h] = halves[h].sort;
    first[owner[h] + 1]++;
    if (sort_[h] == 0) peersFrom[owner[h]]++;
    if (sort_[h] <= 1) providersFrom[owner[h]]++;
    int link = halves[h].link;
    if (one[link] < 0) one[link] = h;
    else back[h] = one[link], back[one[link]] = h;
  }
  for (int v = 0; v < n; v++) first[v + 1] += first[v], peersFrom[v] += first[v], providersFrom[v] += first[v];
}

static uint32_t hash_(uint32_t h, const vector<int>& next, const vector<int>& length) {
  for (int v = 0; v < n; v++) h = h * 31 + (uint32_t)(next[v] + length[v] * 7);
  return h;
}

// ---- closed form ----

static vector<int> next_, length_, order_;
static vector<uint8_t> how;
static vector<vector<int>> byLength(64);

static void closed(int origin) {
  fill(how.begin(), how.end(), 3), fill(next_.begin(), next_.end(), -1), fill(length_.begin(), length_.end(), 0);
  how[origin] = 0, next_[origin] = origin;
  int count = 0;
  order_[count++] = origin;
  for (int at = 0, end = 1, long_ = 1; at < end; long_++, end = count)
    for (; at < end; at++) {
      int v = order_[at];
      for (int h = providersFrom[v]; h < first[v + 1]; h++) {
        int w = other[h];
        if (how[w] == 3) how[w] = 0, length_[w] = long_, next_[w] = v, order_[count++] = w;
        else if (length_[w] == long_ && v < next_[w]) next_[w] = v;
      }
    }
  int up = count;
  for (int i = 0; i < up; i++) {
    int v = order_[i], long_ = length_[v] + 1;
    for (int h = peersFrom[v]; h < providersFrom[v]; h++) {
      int w = other[h];
      if (how[w] == 3) how[w] = 1, length_[w] = long_, next_[w] = v, order_[count++] = w;
      else if (how[w] == 1 && (long_ < length_[w] || (long_ == length_[w] && v < next_[w]))) length_[w] = long_, next_[w] = v;
    }
  }
  for (auto& list : byLength) list.clear();
  for (int i = 0; i < count; i++) byLength[length_[order_[i]]].push_back(order_[i]);
  for (int long_ = 0; long_ < 63; long_++)
    for (size_t i = 0; i < byLength[long_].size(); i++) {
      int v = byLength[long_][i];
      for (int h = first[v]; h < peersFrom[v]; h++) {
        int w = other[h];
        if (how[w] == 3) how[w] = 2, length_[w] = long_ + 1, next_[w] = v, byLength[long_ + 1].push_back(w);
        else if (how[w] == 2 && length_[w] == long_ + 1 && v < next_[w]) next_[w] = v;
      }
    }
}

// ---- message by message: what was heard over each half as a shared-tail path, one export a choice, no MRAI ----

struct Cell { int network, rest, length; };
static vector<Cell> cells;
static vector<int> heard, told, best, tells;
struct Message { int64_t at; uint32_t serial; int half, path; };
struct Later { bool operator()(const Message& a, const Message& b) const { return a.at != b.at ? a.at > b.at : a.serial > b.serial; } };
static priority_queue<Message, vector<Message>, Later> under_way;
static vector<int64_t> latest;
static uint32_t serial, messages;

static bool passes(int path, int network) {
  for (; path >= 0; path = cells[path].rest) if (cells[path].network == network) return true;
  return false;
}
static bool better(int h, int x) {
  if (sort_[h] != sort_[x]) return sort_[h] < sort_[x];
  int a = cells[heard[h]].length, b = cells[heard[x]].length;
  return a != b ? a < b : other[h] < other[x];
}
static void tell(int v, int64_t now) {
  int by = best[v];
  tells[v] = -1;
  if (by != -1) {
    int rest = by == -2 ? -1 : heard[by];
    tells[v] = cells.size();
    cells.push_back({v, rest, rest < 0 ? 1 : cells[rest].length + 1});
  }
  for (int h = first[v]; h < first[v + 1]; h++) {
    int wish = by == -1 || (by >= 0 && sort_[by] != 0 && sort_[h] != 0) ? -1 : tells[v];
    if (wish == told[h]) continue;
    told[h] = wish;
    // Between 1 and 50 ms, by the half; in order over each.
    int64_t at = max(latest[h], now + 1 + (uint32_t)(h * 2654435761u) % 50);
    latest[h] = at;
    messages++;
    under_way.push({at, serial++, back[h], wish});
  }
}
static void choose(int v, int64_t now) {
  int found = -1;
  for (int h = first[v]; h < first[v + 1]; h++)
    if (heard[h] >= 0 && (found < 0 || better(h, found))) found = h;
  best[v] = found;
  tell(v, now);
}
static int64_t carry(int64_t now) {
  while (!under_way.empty()) {
    Message message = under_way.top();
    under_way.pop();
    now = message.at;
    int h = message.half, v = owner[h], path = message.path;
    if (path >= 0 && passes(path, v)) path = -1;
    int was = heard[h];
    if (was == path) continue;
    heard[h] = path;
    int by = best[v];
    if (by == -2) continue;
    if (by == h) choose(v, now);
    else if (path >= 0 && (by < 0 || better(h, by))) best[v] = h, tell(v, now);
  }
  return now;
}
static uint32_t state() {
  for (int v = 0; v < n; v++) {
    int by = best[v];
    next_[v] = by == -2 ? v : by < 0 ? -1 : other[by];
    length_[v] = by < 0 ? 0 : cells[heard[by]].length;
  }
  return hash_(0, next_, length_);
}

int main(int count, char** words) {
  if (count < 3) return 2;
  read(words[1]);
  build();
  next_.assign(n, -1), length_.assign(n, 0), order_.assign(n, 0), how.assign(n, 3);
  if (!strcmp(words[2], "closed")) {
    // What is cold counts on neither side.
    double spent;
    uint32_t h;
    for (int pass = 0; pass < 2; pass++) {
      spent = 0, h = 0;
      for (int origin : chosen) {
        double start = cpu();
        closed(origin);
        spent += cpu() - start;
        h = hash_(h, next_, length_);
      }
    }
    printf("%f %x\n", spent, h);
    return 0;
  }
  heard.assign(2 * m, -1), told.assign(2 * m, -1), latest.assign(2 * m, 0), best.assign(n, -1), tells.assign(n, -1);
  int origin = chosen[0];
  double start = cpu();
  best[origin] = -2;
  tell(origin, 0);
  int64_t now = carry(0);
  double announced = cpu() - start;
  uint32_t after = state();
  start = cpu();
  choose(origin, now + 1000);
  carry(now + 1000);
  double withdrawn = cpu() - start;
  printf("%f %f,%x,%x,%u\n", announced, withdrawn, after, state(), messages);
}
