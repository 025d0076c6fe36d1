vcl 4.1;

# The cache before the readers' site. What it keeps, and how long, says the site (articles/readers/http.py); it forgets
# by key when something is released (PURGE=varnish://this-server:port). Needs Varnish 7 with the xkey module.

import std;
import xkey;

backend default {
    .host = "web";
    .port = "8000";
    .first_byte_timeout = 30s;
    .probe = {
        # /healthz is answered for every name.
        .request =
            "GET /healthz HTTP/1.1"
            "Host: localhost"
            "Connection: close";
        .interval = 2s;
        .timeout = 2s;
        .window = 4;
        .threshold = 2;
        .initial = 2;
        .expected_response = 200;
    }
}

# Who may have things forgotten: this machine, and its own networks.
acl purgers {
    "localhost";
    "127.0.0.0"/8;
    "10.0.0.0"/8;
    "172.16.0.0"/12;
    "192.168.0.0"/16;
}

sub vcl_recv {
    unset req.http.X-Kept;
    if (req.method == "PURGE") {
        # What came through a proxy came from outside.
        if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") {
            return (synth(403));
        }
        # Forgotten, not only out of date: nothing that was retracted may come back while the site is down.
        return (synth(200, "Forgotten: " + xkey.purge(req.http.Surrogate-Key)));
    }
    # The last that stands there is the proxy before this cache, which said itself whom it speaks for.
    if (req.http.X-Forwarded-For ~ "," && req.restarts == 0) {
        set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, ",[^,]*$", "");
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    if (req.url ~ "^/(admin|preview|subscribers)(/|$)" || req.url ~ "^/(healthz|readyz)$") {
        return (pass);
    }
    # Everybody gets the same public pages: what could tell people apart does not reach the site.
    unset req.http.Cookie;
    unset req.http.Authorization;
    if (req.restarts == 0) {
        unset req.http.X-Instead;
    }
    if (req.http.X-Instead || !std.healthy(req.backend_hint)) {
        set req.grace = 10m; # stale-if-error
    } elsif (req.url ~ "/stories/") {
        set req.grace = 0s;
    } else {
        set req.grace = 30s; # stale-while-revalidate
    }
    set req.http.X-Kept = "1"; # this is a page that may be kept
    return (hash);
}

sub vcl_hash {
    # The site says in its addresses how it was reached.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    set beresp.http.xkey = beresp.http.Surrogate-Key;
    if (beresp.status >= 500) {
        # What is kept is shown instead; nothing of this is.
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        if (bereq.is_bgfetch) {
            return (abandon);
        }
    } elsif (beresp.http.Cache-Control ~ "stale-if-error=600") {
        set beresp.grace = 10m;
    }
    if (beresp.http.Content-Type ~ "^(text/|application/(rss|atom|feed|ld|json|xml|javascript|manifest)|image/svg)") {
        set beresp.do_gzip = true;
    }
}

sub vcl_deliver {
    # The site failed: what is kept stands in for it, if there is anything.
    if (resp.status >= 500 && req.restarts == 0 && req.http.X-Kept) {
        set req.http.X-Instead = "1";
        return (restart);
    }
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
    set resp.http.X-Cache = regsub(obj.hits, "^[1-9][0-9]*$", "hit");
}
