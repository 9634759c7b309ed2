package wscope.report.json;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.ConversationListener;
import wscope.protocol.ForwardingListener;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.Hixie76;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.Preview;
import wscope.report.Viewing;

/** A stream of bytes as JSON: the handshake, if it begins with one, and the frames. */
final class JsonConversation extends ForwardingListener implements ConversationListener {
  private static final String RESPONSE_START = "HTTP/";

  private final JsonLines lines;
  private final JsonEvents events;
  private final Viewing viewing;
  private final JsonFrames frames;
  private final JsonHandshake handshake;
  private final Preview body;
  private Endpoint headSender = Endpoint.CLIENT;

  private JsonConversation(JsonLines lines, JsonEvents events, Viewing viewing, JsonFrames frames) {
    super(frames);
    this.lines = lines;
    this.events = events;
    this.viewing = viewing;
    this.frames = frames;
    handshake = new JsonHandshake(lines, events);
    body = new Preview(viewing.kept() == Detail.NONE ? 0 : viewing.preview());
  }

  /** For one stream. */
  static JsonConversation on(JsonLines lines, Viewing viewing) {
    JsonEvents events = JsonEvents.ofStream(lines);
    JsonFrames frames = new JsonFrames(events, viewing, null, null);
    return new JsonConversation(lines, events, viewing, frames);
  }

  @Override
  public void request(long offset, String received, @Nullable RequestHead head, Handshake judged) {
    frames.totals().violations(judged.violations());
    if (viewing.detail() != Detail.NONE) {
      handshake.request(offset, received, head, judged);
    }
  }

  @Override
  public void challenge(RequestHead request, ByteBuffer bytes) {
    Hixie76 challenge = viewing.detail() == Detail.NONE ? null : Hixie76.of(request, bytes);
    if (challenge == null) {
      return;
    }
    beginChallenge(bytes);
    if (challenge.first() >= 0) {
      lines.put(Property.NUMBER1, challenge.first());
    }
    if (challenge.second() >= 0) {
      lines.put(Property.NUMBER2, challenge.second());
    }
    if (challenge.isValid()) {
      lines.put(Property.ANSWER, HexFormat.of().formatHex(challenge.answer()));
    }
    lines.end();
  }

  @Override
  public void response(
      long offset,
      String received,
      @Nullable RequestHead request,
      @Nullable ResponseHead head,
      List<Violation> violations) {
    headSender = Endpoint.SERVER;
    frames.totals().violations(violations);
    if (viewing.detail() != Detail.NONE) {
      handshake.response(offset, received, head, violations);
    }
  }

  @Override
  public void body(ByteBuffer bytes) {
    body.add(bytes);
  }

  @Override
  public void headTorn(long offset, String received) {
    frames.headTorn(offset + received.length());
    if (viewing.detail() != Detail.NONE) {
      boolean response = received.startsWith(RESPONSE_START);
      handshake.torn(response ? Endpoint.SERVER : Endpoint.CLIENT, offset, received);
    }
  }

  @Override
  public void challengeTorn(long offset, ByteBuffer bytes) {
    frames.challengeTorn(offset + bytes.remaining(), Hixie76.BODY_BYTES - bytes.remaining());
    if (bytes.hasRemaining() && viewing.detail() != Detail.NONE) {
      beginChallenge(bytes);
      lines.end();
    }
  }

  private void beginChallenge(ByteBuffer bytes) {
    byte[] came = new byte[bytes.remaining()];
    bytes.duplicate().get(came);
    events.begin("challenge", Endpoint.CLIENT);
    lines.put(Property.BYTES, HexFormat.of().formatHex(came));
  }

  @Override
  public void ended(@Nullable Incomplete incomplete) {
    ByteBuffer shown = body.content();
    long length = shown.remaining() + body.omitted();
    if (length > 0 && viewing.detail() != Detail.NONE) {
      events.begin("body", headSender).put(Property.LENGTH, length);
      lines.putPayload(shown, true, body.omitted()).end();
    }
    super.ended(incomplete);
  }
}
