/**
 * Options and values that several commands have, how they are read and what is said of a wrong one.
 */
@NullMarked
package wscope.cli.option;

import org.jspecify.annotations.NullMarked;
