// The provider of the comparison: answers POST as an OpenAI-like provider would, on one thread, one core.
//
//   upstream PORT_FILE      listens on a free loopback port and writes its number to PORT_FILE
//
// What is wanted stands in the request body, so that every gateway can carry it:
//   no "stream":true             a chat.completion of about 1.2 KB, after the whole body was read
//   "stream":true, "seed":N      a stream of N events, each of about 250 bytes in a write and a chunk of its own
//   "user":"pace-MS"             one event every MS milliseconds; otherwise as fast as the socket takes them
// GET /end lets every paced stream end properly at its next event.

#include "http.h"

#define MAX_FDS 65536
#define SCANNED 4096 // bytes of the request body that are kept to look for the fields above
#define BURST 8      // events written to one unpaced stream before the next one has its turn

struct connection {
    int fd;
    struct message request;
    int kept;
    bool streaming, queued, ending, with_usage;
    int events_left;
    int64_t pace, due;
    struct connection *next; // in the queue of paced streams
    int pending, pending_from; // bytes that the socket did not take yet
    char out[2048];
    char body[SCANNED + 1];
};

static struct connection *connections[MAX_FDS];
// All paced streams of a run have one pace, so a queue is in the order of their due times.
static struct connection *first, *last;
static int epoll;
static char unary[2400];
static int unary_length;

static void watch(struct connection *c, uint32_t events) {
    struct epoll_event e = {.events = events, .data.fd = c->fd};
    if (epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &e)) die("epoll_ctl");
}

static void drop(struct connection *c) {
    connections[c->fd] = NULL;
    close(c->fd);
    c->fd = -1;
    if (!c->queued) free(c); // otherwise the queue does, when it meets it
}

// False when the connection is gone or cannot take more now.
static bool send_bytes(struct connection *c, const char *bytes, int length) {
    int sent = (int)write(c->fd, bytes, length);
    if (sent == length) return true;
    if (sent < 0 && errno != EAGAIN) return false; // its read side will report the end
    c->pending = length - (sent > 0 ? sent : 0);
    c->pending_from = 0;
    memcpy(c->out, bytes + length - c->pending, c->pending);
    watch(c, EPOLLIN | EPOLLOUT);
    return false;
}

static int chunk(char *out, const char *payload, int length) {
    return sprintf(out, "%x\r\n%.*s\r\n", length, length, payload);
}

static bool send_event(struct connection *c) {
    char event[512], out[600];
    int length = sprintf(event,
        "data: {\"id\":\"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT\",\"object\":\"chat.completion.chunk\",\"created\":1741569952,"
        "\"model\":\"gpt-4o-2024-08-06\",\"system_fingerprint\":\"%c%0*lld\","
        "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" harbour\"},\"finish_reason\":null}]}\n\n",
        STAMP_MARK, STAMP_DIGITS, (long long)now_micros());
    return send_bytes(c, out, chunk(out, event, length));
}

static void send_end(struct connection *c) {
    static const char finish[] =
        "data: {\"id\":\"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT\",\"object\":\"chat.completion.chunk\",\"created\":1741569952,"
        "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    static const char usage[] =
        "data: {\"id\":\"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT\",\"object\":\"chat.completion.chunk\",\"created\":1741569952,"
        "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[],\"usage\":{\"prompt_tokens\":219,\"completion_tokens\":100,\"total_tokens\":319}}\n\n";
    static const char done[] = "data: [DONE]\n\n";
    char out[1024];
    int length = chunk(out, finish, sizeof finish - 1);
    if (c->with_usage) length += chunk(out + length, usage, sizeof usage - 1);
    length += chunk(out + length, done, sizeof done - 1);
    length += sprintf(out + length, "0\r\n\r\n");
    c->streaming = c->ending = false;
    message_reset(&c->request);
    send_bytes(c, out, length);
}

// Writes what an unpaced stream may write now; level-triggered EPOLLOUT brings the next turn.
static void burst(struct connection *c) {
    for (int i = 0; i < BURST; i++) {
        if (c->events_left-- <= 0) {
            watch(c, EPOLLIN);
            send_end(c);
            return;
        }
        if (!send_event(c)) return;
    }
}

static int64_t field(const char *body, const char *name, int64_t otherwise) {
    const char *found = strstr(body, name);
    return found ? atoll(found + strlen(name)) : otherwise;
}

static void enqueue(struct connection *c) {
    c->queued = true;
    c->next = NULL;
    if (last) last->next = c; else first = c;
    last = c;
}

static void answer(struct connection *c) {
    c->body[c->kept < SCANNED ? c->kept : SCANNED] = 0;
    c->kept = 0;
    if (!strncmp(c->request.head, "GET /end ", 9)) {
        for (struct connection *s = first; s; s = s->next) s->ending = true;
        message_reset(&c->request);
        send_bytes(c, "HTTP/1.1 204 No Content\r\n\r\n", 27);
        return;
    }
    if (!strstr(c->body, "\"stream\":true")) {
        message_reset(&c->request);
        send_bytes(c, unary, unary_length);
        return;
    }
    static const char head[] = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    c->streaming = true;
    c->with_usage = strstr(c->body, "\"include_usage\":true") != NULL;
    c->events_left = (int)field(c->body, "\"seed\":", 100);
    c->pace = field(c->body, "\"user\":\"pace-", 0) * 1000;
    if (send_bytes(c, head, sizeof head - 1) && c->events_left-- > 0) send_event(c);
    if (c->pace) {
        c->due = now_micros() + c->pace;
        enqueue(c);
    } else {
        watch(c, EPOLLIN | EPOLLOUT);
    }
}

static void pace_streams(void) {
    int64_t now = now_micros();
    while (first && first->due <= now) {
        struct connection *c = first;
        first = c->next;
        if (!first) last = NULL;
        c->queued = false;
        if (c->fd < 0) {
            free(c);
        } else if (c->pending) { // a reader that does not keep up misses events, as it would queue them
            c->due += c->pace;
            enqueue(c);
        } else if (c->ending || c->events_left-- <= 0) {
            send_end(c);
        } else {
            send_event(c);
            c->due += c->pace;
            enqueue(c);
        }
    }
}

static void keep_body(void *owner, const char *bytes, int length) {
    struct connection *c = owner;
    int room = SCANNED - c->kept;
    if (room <= 0) return;
    memcpy(c->body + c->kept, bytes, length < room ? length : room);
    c->kept += length < room ? length : room;
}

static void readable(struct connection *c) {
    static char bytes[262144];
    int length = (int)read(c->fd, bytes, sizeof bytes);
    if (length < 0 && errno == EAGAIN) return;
    if (length <= 0 || c->streaming || message_take(&c->request, bytes, length, keep_body, c) != length) {
        drop(c); // the end, or bytes after a request: no client here pipelines
        return;
    }
    if (c->request.phase == COMPLETE) answer(c);
}

static void writable(struct connection *c) {
    if (c->pending) {
        int sent = (int)write(c->fd, c->out + c->pending_from, c->pending);
        if (sent <= 0) return;
        c->pending -= sent;
        c->pending_from += sent;
        if (c->pending) return;
        if (!c->streaming || c->pace) watch(c, EPOLLIN);
    } else if (c->streaming && !c->pace) {
        burst(c);
    }
}

static void accept_all(int listener) {
    int fd, on = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (fd >= MAX_FDS) {
            close(fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *c = calloc(1, sizeof *c);
        c->fd = fd;
        connections[fd] = c;
        struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e)) die("epoll_ctl");
    }
}

static void build_unary(void) {
    char content[1024] = "", body[2000];
    for (int i = 0; i < 13; i++) strcat(content, "The harbour master lit the lamp before the boats came home. ");
    int length = sprintf(body,
        "{\"id\":\"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT\",\"object\":\"chat.completion\",\"created\":1741569952,\"model\":\"gpt-4o-2024-08-06\","
        "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
        "\"usage\":{\"prompt_tokens\":219,\"completion_tokens\":160,\"total_tokens\":379,\"prompt_tokens_details\":{\"cached_tokens\":0}},"
        "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_fc9f1d7035\"}", content);
    unary_length = sprintf(unary,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\nx-request-id: req_0f1e2d3c4b5a69788796a5b4c3d2e1f0\r\n\r\n%s",
        length, body);
}

static int listen_on_free_port(const char *port_file) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 4096)) die("listen");
    getsockname(listener, (struct sockaddr *)&address, &size);
    FILE *file = fopen(port_file, "w");
    if (!file) die(port_file);
    fprintf(file, "%d\n", ntohs(address.sin_port));
    fclose(file);
    return listener;
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: upstream PORT_FILE\n");
        return 2;
    }
    build_unary();
    epoll = epoll_create1(0);
    int listener = listen_on_free_port(arguments[1]);
    struct epoll_event listening = {.events = EPOLLIN, .data.fd = listener};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &listening)) die("epoll_ctl");
    for (;;) {
        struct epoll_event ready[256];
        int n = epoll_wait(epoll, ready, 256, first ? 1 : -1);
        for (int i = 0; i < n; i++) {
            int fd = ready[i].data.fd;
            if (fd == listener) {
                accept_all(listener);
                continue;
            }
            if (connections[fd] && ready[i].events & EPOLLOUT) writable(connections[fd]);
            if (connections[fd] && ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(connections[fd]);
        }
        pace_streams();
    }
}
