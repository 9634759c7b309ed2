package wscope.capture;

/** The lines of one connection of a recording. */
interface RecordedLines {
  /**
   * Processes the next line of this connection.
   *
   * @return whether the line was the last one
   */
  boolean take(RecordedLine line) throws InvalidRecording;

  /** Ends the connection. */
  void end();
}
