/**
 * What text and JSON share: the {@link wscope.report.Report} that receives the events of a command
 * or a server, the level of detail, and the {@link wscope.report.Journal} that counts events and
 * keeps them until a {@link wscope.report.Printer} prints them. Only {@code report.text} and {@code
 * report.json} make data from the wire safe for a terminal or a page. This room also writes bytes
 * meant for another program, raw or encoded.
 *
 * <p>Law of this room: it imports only {@code protocol}, and knows nothing of text or JSON; callers
 * choose one of them.
 */
@NullMarked
package wscope.report;

import org.jspecify.annotations.NullMarked;
