package wscope.explain;

/**
 * A command that shows more.
 *
 * @param command the command as typed
 * @param why what to do with it, and what it shows
 */
public record NextCommand(String command, String why) {}
