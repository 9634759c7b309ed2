package wscope.proxy;

import java.nio.ByteBuffer;
import wscope.protocol.rule.Endpoint;

/** Looks at nothing: what passes through a tunnel is nobody else's business. */
final class TunnelWatch implements Watch {
  @Override
  public int passable(Endpoint sender, ByteBuffer in) {
    return in.remaining();
  }

  @Override
  public void passed(Endpoint sender, ByteBuffer in, long nanos) {}

  @Override
  public boolean isBehind(Endpoint sender) {
    return false;
  }

  @Override
  public void catchUp(Endpoint sender) {}

  @Override
  public void ended(Endpoint sender) {}

  @Override
  public long held(Endpoint sender) {
    return 0;
  }

  @Override
  public void giveUp() {}
}
