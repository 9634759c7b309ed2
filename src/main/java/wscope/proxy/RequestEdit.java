package wscope.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import wscope.connect.Target;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.RequestHead;

/** Changes the head of a request where the user wants that; all other bytes stay as received. */
final class RequestEdit {
  private static final List<String> HOP_FIELDS =
      List.of("connection", "keep-alive", "proxy-connection");

  private final RequestHead head;
  private final String raw;
  private final List<Change> changes = new ArrayList<>();
  private final List<Event.Rewritten> events = new ArrayList<>();

  /** Replaces the characters from start to end. */
  private record Change(int start, int end, String text) {}

  /**
   * Begins to change a head.
   *
   * @param raw the bytes of the head, one character each
   */
  RequestEdit(RequestHead head, String raw) {
    this.head = head;
    this.raw = raw;
  }

  /** Changes the parts that a route changes. */
  RequestEdit rewrite(Route route) {
    Target target = route.target();
    if (route.rewrites().contains(Rewrite.HOST)) {
      field("Host", target.authority());
    }
    if (route.rewrites().contains(Rewrite.ORIGIN)) {
      field("Origin", (target.secure() ? "https://" : "http://") + target.authority());
    }
    if (route.rewrites().contains(Rewrite.PATH)) {
      path(route);
    }
    return this;
  }

  /**
   * Changes a request to a proxy into one to the server: the target has no host any more, Host has
   * the one of the target (RFC 9112 §3.2), and the fields that are for the proxy are gone.
   */
  RequestEdit toOrigin(Target target) {
    String received = head.target();
    String rest = received.substring(offsetOfPath());
    String resource = rest.startsWith("/") ? rest : "/" + rest;
    int start = head.targetOffset();
    changes.add(new Change(start, start + received.length(), resource));
    events.add(new Event.Rewritten("target", received, resource));
    field("Host", target.authority());
    for (HeaderField field : head.fields()) {
      if (field.name().regionMatches(true, 0, "Proxy-", 0, 6)) {
        remove(field);
        events.add(new Event.Rewritten(field.name(), field.value(), ""));
      }
    }
    return this;
  }

  private void remove(HeaderField field) {
    int end = raw.indexOf('\n', field.valueOffset()) + 1;
    Change removal = new Change(field.offset(), end, "");
    if (!changes.contains(removal)) {
      changes.add(removal);
    }
  }

  /** Asks the server to end the connection after its response. */
  RequestEdit closeAfterwards() {
    for (HeaderField field : head.fields()) {
      if (HOP_FIELDS.contains(field.name().toLowerCase(Locale.ROOT))) {
        remove(field);
      }
    }
    int end = raw.endsWith("\r\n") ? raw.length() - 2 : raw.length() - 1;
    changes.add(new Change(end, end, "Connection: close\r\n"));
    return this;
  }

  /** What was changed on request. */
  List<Event.Rewritten> events() {
    return events;
  }

  /** The changed head. */
  ByteBuffer bytes() {
    StringBuilder edited = new StringBuilder(raw.length() + 64);
    int at = 0;
    changes.sort(Comparator.comparingInt(Change::start));
    for (Change change : changes) {
      edited.append(raw, at, change.start()).append(change.text());
      at = change.end();
    }
    edited.append(raw, at, raw.length());
    return StandardCharsets.ISO_8859_1.encode(edited.toString());
  }

  private void field(String name, String value) {
    HeaderField field = head.first(name);
    if (field != null && !field.value().equals(value)) {
      int start = field.valueOffset();
      changes.add(new Change(start, start + field.value().length(), value));
      events.add(new Event.Rewritten(name, field.value(), value));
    }
  }

  private void path(Route route) {
    String path = head.path();
    String changed = changed(route, path);
    if (!changed.equals(path)) {
      int start = head.targetOffset() + offsetOfPath();
      changes.add(new Change(start, start + lengthInTarget(path), changed));
      events.add(new Event.Rewritten("path", path, changed));
    }
  }

  /** The offset of the path in the target, which may be a whole URL. */
  private int offsetOfPath() {
    String authority = head.authority();
    return authority == null
        ? 0
        : head.target().indexOf("://") + "://".length() + authority.length();
  }

  /** The length of a path as it stands in the target: 0 if the target has none. */
  private int lengthInTarget(String path) {
    return head.target().startsWith(path, offsetOfPath()) ? path.length() : 0;
  }

  /** The path with that of the server's URL in place of the prefix. */
  private static String changed(Route route, String path) {
    String rest = path.substring(route.prefix().length());
    String wanted = route.target().resource();
    if (rest.isEmpty()) {
      return wanted;
    }
    String base = wanted.endsWith("/") ? wanted.substring(0, wanted.length() - 1) : wanted;
    return base + (rest.startsWith("/") ? rest : "/" + rest);
  }
}
