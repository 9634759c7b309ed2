package wscope.capture.logs;

import java.io.IOException;
import java.io.InputStream;
import wscope.capture.packets.CaptureFindings;
import wscope.capture.packets.InvalidCapture;
import wscope.capture.packets.PacketCapture;
import wscope.capture.packets.StreamKind;

/** Reads a HAR file (HTTP Archive 1.2) with the messages that browsers and proxies add to it. */
final class HarReader {
  private final InputStream in;
  private final PacketCapture capture;
  private final CaptureFindings findings;
  private final Runnable pause;
  private String creator = "";

  HarReader(InputStream in, PacketCapture capture, Runnable pause) {
    this.in = in;
    this.capture = capture;
    this.pause = pause;
    findings = capture.findings();
    findings.countAs("entry", "entries", null);
  }

  void read() throws IOException, InvalidCapture {
    try (JsonLog json = new JsonLog(in)) {
      json.run(() -> file(json));
    } finally {
      if (creator.equals("Playwright") && findings.kinds().containsKey(StreamKind.WEBSOCKET)) {
        findings.remark("Playwright leaves empty messages out of a HAR; they cannot be shown");
      }
    }
  }

  private void file(JsonLog json) throws IOException, InvalidCapture {
    json.next();
    while (json.nextField()) {
      if (json.name().equals("log") && json.enterObject()) {
        log(json);
      } else {
        json.skip();
      }
    }
    json.end();
  }

  private void log(JsonLog json) throws IOException, InvalidCapture {
    while (json.nextField()) {
      if (json.name().equals("creator") && json.enterObject()) {
        creator(json);
      } else if (json.name().equals("entries") && json.enterArray()) {
        while (json.nextElement()) {
          entry(json);
          pause.run();
        }
      } else {
        json.skip();
      }
    }
  }

  private void creator(JsonLog json) throws IOException, InvalidCapture {
    while (json.nextField()) {
      if (json.name().equals("name")) {
        creator = json.text();
      } else {
        json.skip();
      }
    }
  }

  private void entry(JsonLog json) throws IOException, InvalidCapture {
    if (!json.enterObject()) {
      return;
    }
    findings.count();
    HarEntry entry = new HarEntry(json, capture);
    try {
      entry.read();
    } finally {
      findings.connection(entry.finish() ? StreamKind.WEBSOCKET : StreamKind.HTTP);
    }
  }
}
