package wscope.protocol;

import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;

/** Hears of everything on one connection: the handshake once, then frames in both directions. */
public interface SessionListener {
  /**
   * A request has been read and judged, and is answered now.
   *
   * @param received the bytes of its head as they came, one character each, as far as they were
   *     read
   * @param response as it goes out
   */
  void handshake(String received, Handshake handshake, HttpResponse response);

  /**
   * The client has ended, or was dropped, inside the head of its request.
   *
   * @param received what has come of it, one character for each byte
   */
  void requestTorn(String received);

  /** Hears of the frames from the client; asked for once, behind the handshake that opens. */
  InspectionListener received();

  /** Hears of the frames to the client; null if nobody looks at them. Asked for once, as above. */
  @Nullable InspectionListener sent();

  /**
   * A fault was asked for that cannot be committed on this connection, because of what was agreed
   * on or what the client asked for.
   */
  void unable(Fault fault);
}
