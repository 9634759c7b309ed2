package wscope.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.connect.DialResult;
import wscope.connect.Dialling;
import wscope.connect.Route;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.net.SocketFailure;

/** One case for a server: wscope connects as a client. */
final class ServerRun extends CaseRun implements DialResult {
  private final ServerSettings settings;
  private final Dialling dial;
  private @Nullable ResponseReader head;
  private Duration time = Duration.ZERO;

  ServerRun(
      Common common,
      ServerSettings settings,
      Case theCase,
      boolean echoes,
      Duration settle,
      Consumer<Observation> done) {
    super(common, theCase, echoes, settle, done);
    this.settings = settings;
    seen.unix = settings.dial().route() instanceof Route.Unix;
    dial = new Dialling(loop, settings.target(), settings.dial(), seen.dialling::add, this);
  }

  @Override
  void start(Duration limit) {
    time = limit;
    dial.start();
  }

  @Override
  void cancelConnecting() {
    dial.cancel();
  }

  @Override
  boolean isEstablished() {
    return head != null;
  }

  @Override
  public LinkHandler connected(Link connected, long nanos) {
    link = connected;
    seen.connectNanos = nanos;
    return this;
  }

  @Override
  public void failed(SocketFailure failure, IOException cause) {
    seen.unreachable = cause;
    decide();
  }

  @Override
  public void established() {
    if (link != null) {
      seen.tls = link.tls();
    }
    allow(time);
    head = new ResponseReader(seen);
    Opening opening = (Opening) theCase.beginning();
    pieces.addAll(opening.pieces(settings.requests().get()));
    head.requested(FrameBytes.join(pieces.toArray(ByteBuffer[]::new)));
    sendPieces();
  }

  @Override
  void headSent() {
    boolean disconnects =
        theCase.group() == Group.ABORT
            && !theCase.steps().isEmpty()
            && !(theCase.steps().get(0) instanceof Step.Send);
    if (disconnects) {
      // The client disconnects before the WebSocket opens.
      step();
    }
  }

  @Override
  void readHead(ByteBuffer bytes) {
    if (head == null || !head.feed(bytes)) {
      return;
    }
    if (seen.unfinished != null) {
      decide();
    }
    if (!seen.opened()) {
      return;
    }
    openReader();
    if (Judge.isAboutResponse(theCase) || Judge.lacksAgreement(theCase, seen)) {
      decide();
    } else {
      step();
    }
  }

  @Override
  void endHead() {
    if (head != null) {
      head.end();
    }
  }
}
