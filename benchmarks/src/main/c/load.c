// The client of the comparison: one measured window, on one thread, one core.
//
//   load PORT REQUEST_FILE MODE CONNECTIONS RATE WARM_MS MEASURE_MS UPSTREAM_PORT UPSTREAM_PID GATEWAY_PID...
//
// REQUEST_FILE holds one HTTP request, byte for byte. MODE is
//   closed   every connection sends its next request when the last one is answered (RATE is not used)
//   rate     RATE requests a second, whatever the answers do; latency counts from the moment a request was due
//   held     CONNECTIONS streams, opened at RATE a second and held open; the window starts WARM_MS after all have begun
// CPU clocks are read at the edges of the window. Afterwards what is in flight is awaited, so that nothing runs into the
// next window. Prints one line of name=value pairs.

#include "http.h"

#define MAX_PIDS 64
#define GIVE_UP_MICROS 20000000LL

enum mode { CLOSED, RATE, HELD };

struct connection {
    int fd;
    bool busy, refused;
    int sent;             // bytes of the request
    int events;           // of the answer under way
    int digits;           // of the time stamp being read; -1 outside one
    int64_t started, stamp;
    struct message response;
};

struct samples {
    int32_t *values;
    int count, room;
};

struct clocks {
    int64_t wall, gateway, upstream, self, machine, steal;
};

static enum mode mode;
static int port, connection_count, request_length, in_flight, begun, epoll;
static char *request;
static struct connection *connections;
static pid_t gateway[MAX_PIDS], upstream;
static int gateway_pids;

static bool measuring, sending = true;
static int64_t read_at, requests, events, errors;
static struct samples latency, first_event;

static void record(struct samples *s, int64_t micros) {
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 1 << 16;
        s->values = realloc(s->values, s->room * sizeof *s->values);
        if (!s->values) die("samples");
    }
    s->values[s->count++] = (int32_t)micros;
}

static int ascending(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static int32_t percentile(struct samples *s, double p) {
    if (!s->count) return -1;
    qsort(s->values, s->count, sizeof *s->values, ascending);
    return s->values[(int)(p * (s->count - 1))];
}

static int64_t cpu_micros(pid_t pid) {
    clockid_t id;
    struct timespec t;
    if (clock_getcpuclockid(pid, &id) || clock_gettime(id, &t)) return 0; // it has ended
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static struct clocks read_clocks(void) {
    struct clocks c = {.upstream = cpu_micros(upstream), .self = cpu_micros(0)};
    for (int i = 0; i < gateway_pids; i++) c.gateway += cpu_micros(gateway[i]);
    long long user, nice, system, idle, wait, irq, softirq, steal;
    FILE *stat = fopen("/proc/stat", "r");
    if (!stat || fscanf(stat, "cpu %lld %lld %lld %lld %lld %lld %lld %lld", &user, &nice, &system, &idle, &wait, &irq, &softirq, &steal) != 8) die("/proc/stat");
    fclose(stat);
    int64_t tick = 1000000 / sysconf(_SC_CLK_TCK);
    c.machine = (user + nice + system + irq + softirq) * tick;
    c.steal = steal * tick;
    c.wall = now_micros();
    return c;
}

static long gateway_resident_kib(void) {
    long sum = 0;
    for (int i = 0; i < gateway_pids; i++) {
        char path[64];
        long whole, resident;
        snprintf(path, sizeof path, "/proc/%d/statm", gateway[i]);
        FILE *file = fopen(path, "r");
        if (!file) continue;
        if (fscanf(file, "%ld %ld", &whole, &resident) == 2) sum += resident * (sysconf(_SC_PAGESIZE) / 1024);
        fclose(file);
    }
    return sum;
}

static void watch(struct connection *c, int operation, uint32_t wanted) {
    struct epoll_event e = {.events = wanted, .data.ptr = c};
    if (epoll_ctl(epoll, operation, c->fd, &e)) die("epoll_ctl");
}

static int connect_to(int to) {
    int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(to), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address)) die("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static void send_request(struct connection *c) {
    int sent = (int)write(c->fd, request + c->sent, request_length - c->sent);
    if (sent < 0) return; // full, or broken: then the read side reports it
    c->sent += sent;
    if (c->sent == request_length) watch(c, EPOLL_CTL_MOD, EPOLLIN);
}

static void begin(struct connection *c, int64_t due) {
    if (c->fd < 0) {
        c->fd = connect_to(port);
        fcntl(c->fd, F_SETFL, O_NONBLOCK);
        watch(c, EPOLL_CTL_ADD, EPOLLIN);
    }
    message_reset(&c->response);
    c->busy = true;
    c->refused = false;
    c->sent = c->events = 0;
    c->digits = -1;
    c->started = due;
    in_flight++;
    begun++;
    send_request(c);
    if (c->sent < request_length) watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
}

static void disconnect(struct connection *c) {
    close(c->fd);
    c->fd = -1;
}

static void finish(struct connection *c, bool well) {
    c->busy = false;
    in_flight--;
    if (!well) errors++;
    else if (measuring) {
        requests++;
        if (!c->events) record(&latency, read_at - c->started);
    }
    if (!well || c->response.close) disconnect(c);
    if (mode == CLOSED && sending) begin(c, now_micros());
}

static void event_stamped(struct connection *c) {
    if (c->events++ == 0 && (measuring || mode == HELD)) record(&first_event, read_at - c->started);
    if (!measuring) return;
    events++;
    record(&latency, read_at - c->stamp);
}

// Finds the time stamps of events; unary answers have none.
static void body_bytes(void *owner, const char *bytes, int length) {
    struct connection *c = owner;
    const char *at = bytes, *end = bytes + length;
    while (at < end) {
        if (c->digits < 0) {
            at = memchr(at, STAMP_MARK, end - at);
            if (!at) return;
            at++;
            c->digits = 0;
            c->stamp = 0;
        } else {
            c->stamp = c->stamp * 10 + (*at++ - '0');
            if (++c->digits == STAMP_DIGITS) {
                c->digits = -1;
                event_stamped(c);
            }
        }
    }
}

static void complain_once(const char *bytes, int length) {
    static bool done;
    if (!done) fprintf(stderr, "load: first bad answer: %.*s\n", length < 600 ? length : 600, bytes);
    done = true;
}

static void readable(struct connection *c) {
    static char bytes[262144];
    int length = (int)read(c->fd, bytes, sizeof bytes);
    if (length < 0 && errno == EAGAIN) return;
    read_at = now_micros();
    if (!c->busy) { // an idle connection was closed by the gateway, which is its right
        disconnect(c);
        return;
    }
    bool head_before = c->response.phase != HEAD;
    if (length <= 0 || message_take(&c->response, bytes, length, body_bytes, c) != length) {
        complain_once(length > 0 ? bytes : "(cut)", length > 0 ? length : 5);
        finish(c, false);
        return;
    }
    if (!head_before && c->response.phase != HEAD && strncmp(c->response.head + 8, " 200", 4)) {
        c->refused = true;
        complain_once(bytes, length);
    }
    if (c->response.phase == COMPLETE) finish(c, !c->refused);
}

static void turn(int64_t wait_micros) {
    struct epoll_event ready[256];
    struct timespec wait = {.tv_nsec = (wait_micros < 0 ? 0 : wait_micros) * 1000};
    int n = epoll_pwait2(epoll, ready, 256, &wait, NULL);
    for (int i = 0; i < n; i++) {
        struct connection *c = ready[i].data.ptr;
        if (ready[i].events & EPOLLOUT && c->sent < request_length) send_request(c);
        if (c->fd >= 0 && ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(c);
    }
}

static void run_until(int64_t end, int rate) {
    static int64_t next_due;
    static int free_from;
    for (int64_t now = now_micros(); now < end && errors < 1000; now = now_micros()) {
        if (mode == CLOSED || (mode == HELD && begun == connection_count)) {
            turn(end - now < 1000 ? end - now : 1000);
            continue;
        }
        if (!next_due) next_due = now;
        while (next_due <= now && in_flight < connection_count && !(mode == HELD && begun == connection_count)) {
            while (connections[free_from].busy) free_from = (free_from + 1) % connection_count;
            begin(&connections[free_from], next_due);
            free_from = (free_from + 1) % connection_count;
            next_due += 1000000 / rate;
        }
        turn(next_due - now < 1000 && next_due > now ? next_due - now : 1000);
    }
}

static void end_held_streams(int upstream_port) {
    static const char end[] = "GET /end HTTP/1.1\r\nhost: upstream\r\n\r\n";
    char answer[256];
    int fd = connect_to(upstream_port);
    if (write(fd, end, sizeof end - 1) < 0 || read(fd, answer, sizeof answer) <= 0) die("end of streams");
    close(fd);
}

static void read_request(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) die(path);
    request = malloc(1 << 20);
    request_length = (int)fread(request, 1, 1 << 20, file);
    fclose(file);
}

int main(int count, char **arguments) {
    if (count < 10) {
        fprintf(stderr, "usage: load PORT REQUEST_FILE MODE CONNECTIONS RATE WARM_MS MEASURE_MS UPSTREAM_PORT UPSTREAM_PID GATEWAY_PID...\n");
        return 2;
    }
    port = atoi(arguments[1]);
    read_request(arguments[2]);
    mode = !strcmp(arguments[3], "closed") ? CLOSED : !strcmp(arguments[3], "rate") ? RATE : HELD;
    connection_count = atoi(arguments[4]);
    int rate = atoi(arguments[5]);
    int64_t warm = atoll(arguments[6]) * 1000, measure = atoll(arguments[7]) * 1000;
    int upstream_port = atoi(arguments[8]);
    upstream = atoi(arguments[9]);
    for (int i = 10; i < count && gateway_pids < MAX_PIDS; i++) gateway[gateway_pids++] = atoi(arguments[i]);

    epoll = epoll_create1(0);
    connections = calloc(connection_count, sizeof *connections);
    for (int i = 0; i < connection_count; i++) connections[i].fd = -1;
    if (mode == CLOSED) for (int i = 0; i < connection_count; i++) begin(&connections[i], now_micros());

    if (mode == HELD) {
        int64_t give_up = now_micros() + GIVE_UP_MICROS;
        while (first_event.count < connection_count && now_micros() < give_up) run_until(now_micros() + 10000, rate);
        errors += connection_count - first_event.count;
    }
    run_until(now_micros() + warm, rate);

    struct clocks from = read_clocks();
    measuring = true;
    run_until(from.wall + measure, rate);
    measuring = sending = false;
    struct clocks to = read_clocks();
    long resident = gateway_resident_kib();

    if (mode == HELD) end_held_streams(upstream_port);
    int64_t give_up = now_micros() + GIVE_UP_MICROS;
    while (in_flight && now_micros() < give_up) turn(1000);
    errors += in_flight;

    double wall = (double)(to.wall - from.wall);
    int64_t gateway_cpu = to.gateway - from.gateway, load_side = to.upstream - from.upstream + to.self - from.self;
    int64_t foreign = to.machine - from.machine - gateway_cpu - load_side;
    printf("wall_us=%.0f requests=%lld events=%lld errors=%lld cpu_us=%lld p50_us=%d p99_us=%d first_p50_us=%d first_p99_us=%d "
           "resident_kib=%ld load_side=%.3f foreign=%.3f steal=%.3f\n",
           wall, (long long)requests, (long long)events, (long long)errors, (long long)gateway_cpu,
           percentile(&latency, 0.5), percentile(&latency, 0.99), percentile(&first_event, 0.5), percentile(&first_event, 0.99),
           resident, load_side / wall, foreign > 0 ? foreign / wall : 0, (to.steal - from.steal) / wall);
    return 0;
}
