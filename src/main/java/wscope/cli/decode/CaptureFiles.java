package wscope.cli.decode;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import wscope.capture.logs.LogKind;
import wscope.capture.packets.CaptureFindings;
import wscope.capture.packets.CaptureListener;
import wscope.capture.packets.CapturedPacket;
import wscope.capture.packets.InvalidCapture;
import wscope.capture.packets.PacketCapture;
import wscope.capture.packets.PacketFile;
import wscope.capture.tls.KeyLog;
import wscope.cli.process.Failure;
import wscope.protocol.deflate.DeflateParameters;

/** Reads a capture: a file or a pipe with packets or a log, or the files of a rotation. */
final class CaptureFiles {
  private final @Nullable LogKind log;
  private final List<Path> rotation;
  private final @Nullable DeflateParameters agreed;
  private final boolean noDeflate;
  private String format = "";
  private @Nullable String trouble;

  /**
   * Creates a reader.
   *
   * @param log the program that wrote the capture; null if it has packets
   * @param rotation the files to read instead of the input, in their order; none to read the input
   * @param agreed the parameters of permessage-deflate where no response was captured; null to find
   *     out
   * @param noDeflate whether no message is taken for a compressed one there
   */
  CaptureFiles(
      @Nullable LogKind log,
      List<Path> rotation,
      @Nullable DeflateParameters agreed,
      boolean noDeflate) {
    this.log = log;
    this.rotation = rotation;
    this.agreed = agreed;
    this.noDeflate = noDeflate;
  }

  /** What was read, in words; known after the reading has begun. */
  String format() {
    return format;
  }

  /** Why it could not be read to its end; null if it was. */
  @Nullable String trouble() {
    return trouble;
  }

  /**
   * Reads the capture once.
   *
   * @param pause runs after each packet, or part of a log
   */
  CaptureFindings read(InputStream in, CaptureListener listener, KeyLog keyLog, Runnable pause)
      throws IOException, Failure {
    try (PacketCapture capture = new PacketCapture(listener, agreed, keyLog)) {
      if (noDeflate) {
        capture.assumeNoDeflate();
      }
      try {
        if (!rotation.isEmpty()) {
          rotation(capture, keyLog, pause);
        } else if (log != null) {
          format = log.format() + " file";
          log.read(in, capture, pause);
        } else {
          packets(in, capture, keyLog, pause);
        }
      } catch (InvalidCapture e) {
        trouble = e.getMessage();
      }
      capture.finish();
      return capture.findings();
    }
  }

  /** Reads all parts; one that cannot be read to its end does not keep wscope from the next. */
  private void rotation(PacketCapture capture, KeyLog keyLog, Runnable pause)
      throws IOException, Failure {
    StringJoiner troubles = new StringJoiner("; ");
    for (Path path : rotation) {
      try (InputStream in =
          new BufferedInputStream(DecodeInput.openFile(path), DecodeInput.PIECE)) {
        packets(in, capture, keyLog, pause);
      } catch (InvalidCapture e) {
        troubles.add(path + ": " + e.getMessage());
      }
    }
    trouble = troubles.length() == 0 ? null : troubles.toString();
    format = rotation.size() + " capture files";
  }

  private void packets(InputStream in, PacketCapture capture, KeyLog keyLog, Runnable pause)
      throws IOException, InvalidCapture {
    format = "capture file";
    PacketFile file = PacketFile.open(in, keyLog::addFromCapture);
    format = file.format() + " file";
    CapturedPacket packet = file.next();
    while (packet != null) {
      capture.read(packet);
      pause.run();
      packet = file.next();
    }
  }
}
