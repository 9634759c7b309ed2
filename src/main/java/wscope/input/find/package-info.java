/**
 * What all matchers share: the {@link wscope.input.find.Lines} of a text, the {@link
 * wscope.input.find.Candidate}s that they find in it, and the {@link wscope.input.find.Evidence}
 * for each.
 */
@NullMarked
package wscope.input.find;

import org.jspecify.annotations.NullMarked;
