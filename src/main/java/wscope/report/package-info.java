/**
 * Events as text or JSON: the only room that formats, and the only one that makes data from the
 * wire safe for a terminal. A command sees a {@link wscope.report.Report}; that of text and that of
 * JSON share no more than what they are told.
 *
 * <p>Law of this room: it imports {@code protocol} and jackson-core only. All wire data passes
 * {@link wscope.report.SafeText} or {@code JsonLines}.
 */
@NullMarked
package wscope.report;

import org.jspecify.annotations.NullMarked;
