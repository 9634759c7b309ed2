package wscope.serve;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** S19: a hundred thousand connections that end while others speak, on one server after another. */
@Tag("soak")
@Timeout(30)
class NeighboursIT {
  private static final int SERVERS = 50;
  private static final int CONNECTIONS = 100_000;

  @RepeatedTest(SERVERS)
  void neighbours() throws Exception {
    Neighbours.meet(CONNECTIONS / SERVERS / Neighbours.CLIENTS);
  }
}
