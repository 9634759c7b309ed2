/**
 * Events as text, for people.
 *
 * <p>Rules of this room: it imports only {@code report} and {@code protocol}. All data from the
 * wire passes through {@link wscope.report.text.SafeText}; wscope's own words go to {@link
 * wscope.report.text.Screen}.
 */
@NullMarked
package wscope.report.text;

import org.jspecify.annotations.NullMarked;
