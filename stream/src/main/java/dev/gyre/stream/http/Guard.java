package dev.gyre.stream.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps pages of other sites from the job. A browser on this machine reaches the loopback address, and sends there what any page that it shows tells it to.
 *
 * <p>It names the site of the page in {@code Origin}, with each request that may change something: another site's is refused. And a site whose name is made to lead to this machine, once its
 * page is loaded (DNS rebinding), is known by {@code Host}: that must be a loopback address, the address that was connected to, or the name that the server was given. A number needs no
 * name server, so it cannot be turned.
 */
final class Guard {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(:[0-9]*)?");

    private final String name;

    /**
     * A guard.
     *
     * @param name the host that the server was given: a name or a number
     */
    Guard(String name) {
        this.name = name.toLowerCase(Locale.ROOT);
    }

    /** Why a request is not to be served, if it is not. */
    Optional<Reply> refusal(HttpExchange exchange) {
        var hosts = all(exchange.getRequestHeaders(), "Host");
        var local = exchange.getLocalAddress();
        if (hosts.size() != 1 || !isOwn(hosts.getFirst(), local.getAddress())) {
            return Optional.of(Reply.problem(
                    Reply.FORBIDDEN,
                    "the request is for the host " + hosts + ", and this is "
                            + local.getAddress().getHostAddress()
                            + ": ask by that number, or as localhost on the same machine"));
        }
        if (exchange.getRequestMethod().equals("GET")) {
            return Optional.empty(); // changes nothing, and a page of another site cannot read it
        }
        var own = "http://" + hosts.getFirst();
        for (var origin : all(exchange.getRequestHeaders(), "Origin")) {
            if (!origin.equalsIgnoreCase(own)) {
                return Optional.of(Reply.problem(
                        Reply.FORBIDDEN,
                        "the request comes from a page of " + origin + ", which may not change this job: ask from "
                                + own + ", or without a browser"));
            }
        }
        return Optional.empty();
    }

    private static List<String> all(Headers headers, String name) {
        return Optional.ofNullable(headers.get(name)).orElse(List.of());
    }

    /**
     * Whether it is this server that is meant.
     *
     * @param host as the client sent it, with or without a port: who is forwarded to here knows another one
     * @param local where the connection has arrived
     */
    boolean isOwn(String host, InetAddress local) {
        var parts = HOST.matcher(host.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return false;
        }
        var named = parts.group(1);
        return named.equals("localhost")
                || named.equals(name)
                || number(named)
                        .filter(address -> address.isLoopbackAddress() || address.equals(local))
                        .isPresent();
    }

    /** An address that is written as a number, for which no name server is asked. */
    private static Optional<InetAddress> number(String host) {
        if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
