package wscope.serve;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** S19: 100,000 connections that end while others send, on 50 servers in turn. */
@Tag("soak")
@Timeout(30)
class ClientIsolationIT {
  private static final int SERVERS = 50;
  private static final int CONNECTIONS = 100_000;

  @RepeatedTest(SERVERS)
  void clientsReceiveOnlyTheirMessages() throws Exception {
    IsolatedClients.run(CONNECTIONS / SERVERS / IsolatedClients.COUNT);
  }
}
