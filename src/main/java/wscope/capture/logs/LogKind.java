package wscope.capture.logs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.InvalidCapture;
import wscope.capture.packets.PacketCapture;

/** The program that wrote a log, as the beginning of the file shows. */
public enum LogKind {
  HAR("HAR"),
  NETLOG("Chromium netlog"),
  CURL("curl trace");

  private final String format;

  LogKind(String format) {
    this.format = format;
  }

  /** The name of the format. */
  public String format() {
    return format;
  }

  /**
   * Recognises a log.
   *
   * @param in the input, which keeps its position; reading stops where it cannot be a log
   * @return null if it is none
   */
  public static @Nullable LogKind of(BufferedInputStream in) throws IOException {
    LogKind json = JsonStart.of(in);
    return json == null && CurlStart.begins(in) ? CURL : json;
  }

  /**
   * Reads a log to its end.
   *
   * @param in the input, which the caller closes
   * @param capture receives the connections, and counts what the log holds
   * @param pause runs after each part of the log
   * @throws InvalidCapture if the log cannot be read further; the capture has what precedes
   */
  public void read(InputStream in, PacketCapture capture, Runnable pause)
      throws IOException, InvalidCapture {
    switch (this) {
      case HAR -> new HarReader(in, capture, pause).read();
      case NETLOG -> new NetlogReader(in, capture, pause).read();
      case CURL -> new CurlReader(in, capture, pause).read();
    }
  }
}
