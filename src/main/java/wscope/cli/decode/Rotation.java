package wscope.cli.decode;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import wscope.capture.packets.CapturedPacket;
import wscope.capture.packets.InvalidCapture;
import wscope.capture.packets.PacketFile;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;

/** Several captures of packets that are one, because a program began a new file now and then. */
final class Rotation {
  private Rotation() {}

  /**
   * A capture of a rotation.
   *
   * @param time of its first packet, in nanoseconds; the latest possible if it has none
   */
  private record Part(Path path, long time) {}

  /**
   * Orders captures by the times of their first packets.
   *
   * @throws Failure if one of the files is not a capture of packets
   */
  static List<Path> ordered(List<Path> paths) throws IOException, Failure {
    List<Part> parts = new ArrayList<>();
    for (Path path : paths) {
      parts.add(new Part(path, firstTime(path)));
    }
    parts.sort(Comparator.comparingLong(Part::time));
    return parts.stream().map(Part::path).toList();
  }

  private static long firstTime(Path path) throws IOException, Failure {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw refused(path, "it is not a regular file");
    }
    try (BufferedInputStream in = new BufferedInputStream(DecodeInput.openFile(path))) {
      if (!PacketFile.begins(in)) {
        throw refused(path, "it is not a capture of packets");
      }
      PacketFile file = PacketFile.open(in);
      CapturedPacket packet = file.next();
      while (packet != null && packet.nanos() < 0) {
        packet = file.next();
      }
      return packet == null ? Long.MAX_VALUE : packet.nanos();
    } catch (InvalidCapture e) {
      // The part is read all the same, and the reason reported then.
      return Long.MAX_VALUE;
    }
  }

  private static Failure refused(Path path, String why) {
    return new Failure(
        ExitCode.USAGE,
        "only captures of packets (pcap and pcapng) can be read as one, but "
            + path
            + " cannot: "
            + why
            + "; give one --file at a time");
  }
}
