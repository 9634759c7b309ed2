/**
 * What text and JSON share: what a command or a server tells its {@link wscope.report.Report}, how
 * much of it is shown, and what is counted and kept for that. {@code report.text} and {@code
 * report.json} are the only rooms that make data from the wire safe for a terminal or a page. Bytes
 * that go to another program, as they are or spelled, are written here.
 *
 * <p>Law of this room: it imports {@code protocol} only, and knows nothing of text or JSON; who
 * wants one of them makes it.
 */
@NullMarked
package wscope.report;

import org.jspecify.annotations.NullMarked;
