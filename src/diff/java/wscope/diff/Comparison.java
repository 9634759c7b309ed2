package wscope.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;

/** Reads streams with wscope, Netty and Jetty, and compares their opinions. */
final class Comparison implements AutoCloseable {
  private final BufferPool pool = new BufferPool();
  private final List<Explanation> explanations;

  Comparison(List<Explanation> explanations) {
    this.explanations = explanations;
  }

  /**
   * A disagreement and the row that explains it.
   *
   * @param explanation null if none does
   */
  record Explained(Disagreement disagreement, @Nullable Explanation explanation) {}

  /** The disagreements of the others with wscope. */
  List<Explained> compare(FrameStream stream) {
    WscopeReader.Finding finding = WscopeReader.read(stream, pool);
    List<Explained> explained = new ArrayList<>();
    others(stream)
        .forEach(
            (library, opinion) -> {
              Disagreement found = Disagreement.between(finding, library, opinion);
              if (found != null) {
                explained.add(new Explained(found, explanation(found, stream)));
              }
            });
    return explained;
  }

  /** The first disagreement that no row explains; null if there is none. */
  @Nullable Disagreement unexplained(FrameStream stream) {
    return compare(stream).stream()
        .filter(explained -> explained.explanation() == null)
        .map(Explained::disagreement)
        .findFirst()
        .orElse(null);
  }

  /** The three opinions on a stream, and the command that decodes it. */
  String describe(FrameStream stream) {
    StringBuilder text = new StringBuilder(stream.command());
    text.append("\nwith a limit of ").append(stream.limit()).append(" bytes\nwscope\n");
    text.append(WscopeReader.read(stream, pool).opinion().describe());
    others(stream)
        .forEach(
            (library, opinion) -> text.append(library).append('\n').append(opinion.describe()));
    return text.toString();
  }

  private static Map<String, Opinion> others(FrameStream stream) {
    Map<String, Opinion> opinions = new LinkedHashMap<>();
    opinions.put("Netty", NettyReader.read(stream));
    opinions.put("Jetty", JettyReader.read(stream));
    return opinions;
  }

  private @Nullable Explanation explanation(Disagreement found, FrameStream stream) {
    return explanations.stream()
        .filter(explanation -> explanation.explains(found, stream))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    pool.close();
  }
}
