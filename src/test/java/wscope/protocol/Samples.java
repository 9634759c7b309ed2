package wscope.protocol;

/** What goes over the wire in the examples of the RFC, one character for each byte. */
public final class Samples {
  /** A request that opens a WebSocket (RFC 6455 §1.2). */
  public static final String REQUEST =
      """
      GET /chat HTTP/1.1\r
      Host: server.example.com\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;

  /** The answer to it. */
  public static final String RESPONSE =
      """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
      \r
      """;

  /** The head of a request of an old draft, behind which eight bytes follow (hixie-76). */
  public static final String HIXIE_76 =
      """
      GET /demo HTTP/1.1\r
      Host: example.com\r
      Connection: Upgrade\r
      Upgrade: WebSocket\r
      Sec-WebSocket-Key1: 18x 6]8vM;54 *(5:  {   U1]8  z [  8\r
      Sec-WebSocket-Key2: 1_ tx7X d  <  nw  334J702) 7]o}` 0\r
      \r
      """;

  private Samples() {}
}
