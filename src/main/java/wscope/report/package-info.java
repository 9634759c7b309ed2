/**
 * What text and JSON share: the {@link wscope.report.Report} that a command or a server hands its
 * events to, how much of them is shown, and the {@link wscope.report.Journal} that counts and keeps
 * them until a {@link wscope.report.Printer} prints them. {@code report.text} and {@code
 * report.json} are the only rooms that make data from the wire safe for a terminal or a page. Bytes
 * that go to another program, as they are or spelled, are written here.
 *
 * <p>Law of this room: it imports {@code protocol} only, and knows nothing of text or JSON; who
 * wants one of them makes it.
 */
@NullMarked
package wscope.report;

import org.jspecify.annotations.NullMarked;
