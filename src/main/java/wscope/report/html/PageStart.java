package wscope.report.html;

import java.util.List;

/**
 * What a page says about itself.
 *
 * @param program the program that writes it, with its version
 * @param command the command line, one word after the other
 * @param source the name of the command: decode, serve, connect, proxy or check
 */
public record PageStart(String program, List<String> command, String source) {}
