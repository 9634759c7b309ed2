package wscope.support;

/** The sample handshake of RFC 6455 §1.2 and §1.3, one character per byte. */
public final class SampleHandshake {
  public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  /** The value of Sec-WebSocket-Accept for the key. */
  public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  /** A request that opens a WebSocket. */
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

  /** The response to it. */
  public static final String RESPONSE =
      """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
      \r
      """;

  /** The head of a request of the old draft hixie-76; an eight-byte challenge follows it. */
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

  private SampleHandshake() {}

  /** The request to a server on this machine. */
  public static String request() {
    return request("localhost", "/chat");
  }

  /**
   * The request with another host and target, and with more fields at its end.
   *
   * @param fields such as {@code Origin: null}
   */
  public static String request(String host, String target, String... fields) {
    return with(REQUEST.replace("server.example.com", host).replace("/chat", target), fields);
  }

  /** A head with more fields at its end. */
  public static String with(String head, String... fields) {
    StringBuilder all = new StringBuilder(head.substring(0, head.length() - 2));
    for (String field : fields) {
      all.append(field).append("\r\n");
    }
    return all.append("\r\n").toString();
  }
}
