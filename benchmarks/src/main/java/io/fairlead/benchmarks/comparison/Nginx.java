package io.fairlead.benchmarks.comparison;

import java.io.IOException;
import java.util.Optional;

/**
 * nginx as a plain reverse proxy: one worker, keep-alive upstream, no response buffering. Used by
 * one thread.
 */
record Nginx() implements Candidate {

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public Optional<String> missing() {
        return Command.found("nginx")
                ? Optional.empty()
                : Optional.of("install the package nginx-light");
    }

    private static String config(int port, int upstreamPort) {
        return """
        daemon off;
        worker_processes 1;
        worker_rlimit_nofile 16384;
        pid nginx.pid;
        error_log error.log warn;
        events { worker_connections 8192; }
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          client_body_buffer_size 256k;
          client_max_body_size 100m;
          keepalive_requests 1000000000;
          tcp_nodelay on;
          upstream provider {
            server 127.0.0.1:%2$d;
            keepalive 4096;
            keepalive_requests 1000000000;
          }
          server {
            listen 127.0.0.1:%1$d backlog=4096;
            location / {
              proxy_pass http://provider;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_buffering off;
              proxy_read_timeout 600s;
            }
          }
        }
        """
                .formatted(port, upstreamPort);
    }

    @Override
    public Running start(Bench bench) throws IOException, InterruptedException {
        int port = Bench.freePort();
        var folder = bench.folder("nginx");
        var config = bench.write("nginx/nginx.conf", config(port, bench.upstreamPort()));
        return bench.startProxy(
                this,
                port,
                "nginx",
                "-p",
                folder.toString(),
                "-c",
                config.toString(),
                "-e",
                "error.log");
    }

    @Override
    public String about(Running running) throws IOException, InterruptedException {
        return Command.firstLine("nginx", "-v");
    }
}
