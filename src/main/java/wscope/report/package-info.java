/**
 * The common part of text and JSON: the {@link wscope.report.Report} that receives the events of a
 * command or a server, the detail that is shown, and the {@link wscope.report.Journal} that counts
 * and keeps events until a {@link wscope.report.Printer} prints them. Only {@code report.text} and
 * {@code report.json} make data from the wire safe for a terminal or a page. This package also
 * writes raw or formatted bytes for other programs.
 *
 * <p>Rules of this room: it imports only {@code protocol} and does not depend on text or JSON; the
 * caller creates the report of its choice.
 */
@NullMarked
package wscope.report;

import org.jspecify.annotations.NullMarked;
