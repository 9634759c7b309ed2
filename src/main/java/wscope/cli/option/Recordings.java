package wscope.cli.option;

import org.jspecify.annotations.Nullable;

/**
 * The files that a command writes while it shows events.
 *
 * @param recording the recording; null for none
 * @param page the page; null for none
 */
public record Recordings(@Nullable Recording recording, PageOptions.@Nullable Page page)
    implements AutoCloseable {
  /** Whether events are missing from a file, except those beyond its maximum length. */
  public boolean haveFailed() {
    return (recording != null && recording.hasFailed())
        || (page != null && page.file().hasFailed());
  }

  @Override
  public void close() {
    if (page != null) {
      page.close();
    }
    if (recording != null) {
      recording.close();
    }
  }
}
