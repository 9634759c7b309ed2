package wscope.report.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contrast of each style is at least 4:1 on black, white, and Solarized dark and light, with
 * the palettes of xterm, VGA (the Linux console) and Solarized. That is the contrast of plain text
 * in Solarized light; WCAG 2.1 (1.4.3) asks for 3:1 for large text and 4.5:1 for other text. A
 * style that sets no colours has the contrast of the terminal.
 */
class StyleTest {
  private static final double LEAST = 4;
  private static final double WCAG_AA = 4.5;
  private static final List<Integer> BACKGROUNDS = List.of(0x000000, 0xffffff, 0x002b36, 0xfdf6e3);

  /** What changes no colour, or swaps both: plain text, bold, underline, reverse video. */
  private static final Set<String> COLOURLESS = Set.of("", "1", "4", "7");

  private static final Map<String, Integer> XTERM =
      Map.of("30", 0x000000, "97", 0xffffff, "41", 0xcd0000, "43", 0xcdcd00, "103", 0xffff00);

  /** The Linux console has no bright backgrounds, and shows 103 as 43. */
  private static final Map<String, Integer> VGA =
      Map.of("30", 0x000000, "97", 0xffffff, "41", 0xaa0000, "43", 0xaa5500, "103", 0xaa5500);

  private static final Map<String, Integer> SOLARIZED =
      Map.of("30", 0x073642, "97", 0xfdf6e3, "41", 0xdc322f, "43", 0xb58900, "103", 0x657b83);

  @ParameterizedTest
  @EnumSource
  void isReadableOnAnyBackground(Style style) {
    List<String> colours =
        Stream.of(style.sgr().replaceAll("[^0-9;]", "").split(";"))
            .filter(parameter -> !COLOURLESS.contains(parameter))
            .toList();
    for (Map<String, Integer> palette : List.of(XTERM, VGA, SOLARIZED)) {
      Integer foreground = colour(palette, colours, false);
      Integer background = colour(palette, colours, true);
      for (int terminal : BACKGROUNDS) {
        int behind = background == null ? terminal : background;
        assertTrue(
            foreground == null ? background == null : contrast(foreground, behind) >= LEAST,
            () -> style + " on " + Integer.toHexString(terminal));
      }
    }
  }

  /** The known contrasts: black on white, and the grey that just passes on white. */
  @Test
  void computesContrastAsWcagDoes() {
    assertTrue(Math.abs(contrast(0x000000, 0xffffff) - 21) < 1e-9);
    assertTrue(contrast(0x767676, 0xffffff) >= WCAG_AA && contrast(0x777777, 0xffffff) < WCAG_AA);
  }

  private static @Nullable Integer colour(
      Map<String, Integer> palette, List<String> parameters, boolean background) {
    Integer found = null;
    for (String parameter : parameters) {
      int number = Integer.parseInt(parameter);
      boolean ofBackground = (number >= 40 && number < 50) || number >= 100;
      if (ofBackground == background) {
        found = palette.get(parameter);
        assertTrue(found != null, "unknown colour " + parameter);
      }
    }
    return found;
  }

  private static double contrast(int one, int other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16)
        + 0.7152 * linear(rgb >> 8 & 0xff)
        + 0.0722 * linear(rgb & 0xff);
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
