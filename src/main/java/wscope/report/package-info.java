/**
 * Events as text: the only room that formats, and the only one that makes data from the wire safe
 * for a terminal.
 *
 * <p>Law of this room: it imports {@code protocol} only, and all wire data passes {@link
 * wscope.report.SafeText}.
 */
@NullMarked
package wscope.report;

import org.jspecify.annotations.NullMarked;
