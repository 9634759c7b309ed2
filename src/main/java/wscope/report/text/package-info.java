/**
 * Events as text, for people.
 *
 * <p>Law of this room: it imports {@code report} and {@code protocol} only. All data from the wire
 * passes {@link wscope.report.text.SafeText}; the words of wscope itself go to {@link
 * wscope.report.text.Screen}.
 */
@NullMarked
package wscope.report.text;

import org.jspecify.annotations.NullMarked;
