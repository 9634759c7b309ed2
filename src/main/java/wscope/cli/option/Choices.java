package wscope.cli.option;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** The words of an option that takes one of a few. This class reads, completes and lists them. */
public final class Choices<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
  private final Class<E> type;

  private Choices(Class<E> type) {
    this.type = type;
  }

  /** Gives an option the words of an enum, as its constants' {@code toString} spells them. */
  public static <E extends Enum<E>> OptionSpec.Builder of(
      Class<E> type, OptionSpec.Builder option) {
    Choices<E> choices = new Choices<>(type);
    return option.type(type).converters(choices).completionCandidates(choices);
  }

  /** Gives an argument the words of an enum. */
  public static <E extends Enum<E>> PositionalParamSpec.Builder of(
      Class<E> type, PositionalParamSpec.Builder argument) {
    Choices<E> choices = new Choices<>(type);
    return argument.type(type).converters(choices).completionCandidates(choices);
  }

  /** Finds the constant of an enum that a word spells. */
  public static <E extends Enum<E>> E read(Class<E> type, String word) {
    return new Choices<>(type).convert(word);
  }

  @Override
  public E convert(String value) {
    for (E constant : type.getEnumConstants()) {
      if (constant.toString().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    List<String> words = new ArrayList<>();
    forEach(words::add);
    throw new TypeConversionException(UsageErrors.noneOf(value, words));
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(type.getEnumConstants()).map(Enum::toString).iterator();
  }
}
