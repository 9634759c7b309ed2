package wscope.proxy;

import java.nio.ByteBuffer;
import wscope.protocol.rule.Endpoint;

/** Looks at the bytes of a pair of links after they were passed on. */
interface Watch {
  /**
   * How many of the bytes that have arrived may be passed on. The rest belongs to another request.
   */
  int passable(Endpoint sender, ByteBuffer in);

  /**
   * Bytes were passed on.
   *
   * @param in the bytes, from position to limit, which may be changed during the call
   * @param nanos the time that it took, as for {@link wscope.protocol.event.FrameListener#crossed}
   */
  void passed(Endpoint sender, ByteBuffer in, long nanos);

  /** Whether bytes of an endpoint are left for another turn. */
  boolean isBehind(Endpoint sender);

  /** Looks at bytes that were left, for the length of a turn. */
  void catchUp(Endpoint sender);

  /** An endpoint sends nothing more. */
  void ended(Endpoint sender);

  /** The number of bytes that are held for looking at an endpoint's bytes. */
  long held(Endpoint sender);

  /** Frees what is held, and looks at nothing more. */
  void giveUp();
}
