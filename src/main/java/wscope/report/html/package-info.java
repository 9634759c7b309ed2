/**
 * One page for a bug report: the lines of {@code report.json} in a file of HTML that needs nothing
 * else, with a script that shows them.
 *
 * <p>Rules of this room: the page gets data only through {@link wscope.report.html.HtmlPage}, which
 * makes it safe inside HTML; the script sets what came from a peer as text only.
 */
@NullMarked
package wscope.report.html;

import org.jspecify.annotations.NullMarked;
