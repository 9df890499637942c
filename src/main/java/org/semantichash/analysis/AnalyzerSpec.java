// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.snowball.SnowballFilter;

/**
 * How a text becomes terms. A custom analyzer cuts it by the tokenizer, lower-cases, removes stop
 * words and short terms, and stems, in this order. The analyzer of a language does what
 * Elasticsearch's analyzer of that name does; only its stop words can be others. Serialisable as
 * properties; equal specifications give equal terms.
 *
 * @param type custom, or a language: then the tokenizer is standard, terms are lower-cased, and
 *     there is neither another stemmer nor a minimal length
 * @param htmlStrip whether tags and comments of HTML and XML are left out and entities decoded
 *     first, as Elasticsearch's character filter {@code html_strip} does
 * @param tokenizer cuts the text; tokens longer than 255 characters are cut there
 * @param lowerCase whether terms are lower-cased by Unicode's rules, without a locale
 * @param stopWords terms to drop, compared after lower-casing and before stemming; sorted and
 *     without repeats here whatever their order was
 * @param stemmer reduces terms to stems
 * @param minLength terms with fewer UTF-16 units are dropped, before stemming; at least 1
 */
public record AnalyzerSpec(
    AnalyzerType type,
    boolean htmlStrip,
    TokenizerKind tokenizer,
    boolean lowerCase,
    List<String> stopWords,
    Stemmer stemmer,
    int minLength) {

  private static final String TYPE = "type";
  private static final String CHAR_FILTER = "char_filter";
  private static final String HTML_STRIP = "html_strip";
  private static final String TOKENIZER = "tokenizer";
  private static final String LOWER_CASE = "lower_case";
  private static final String STOP_WORDS = "stop_words";
  private static final String STEMMER = "stemmer";
  private static final String MIN_LENGTH = "min_length";

  /** Every key that a specification may have. */
  private static final Set<String> KEYS =
      Set.of(TYPE, CHAR_FILTER, TOKENIZER, LOWER_CASE, STOP_WORDS, STEMMER, MIN_LENGTH);

  /** Checks and normalises. */
  public AnalyzerSpec {
    Objects.requireNonNull(type, TYPE);
    Objects.requireNonNull(tokenizer, TOKENIZER);
    Objects.requireNonNull(stemmer, STEMMER);
    stopWords = stopWords.stream().distinct().sorted().toList();
    for (String word : stopWords) {
      if (word.isEmpty() || word.chars().anyMatch(c -> c <= ' ')) {
        throw new IllegalArgumentException(
            "[" + STOP_WORDS + "] must be words without white space, got [" + word + "]");
      }
    }
    if (minLength < 1) {
      throw new IllegalArgumentException(
          "[" + MIN_LENGTH + "] must be at least [1], got [" + minLength + "]");
    }
    if (type != AnalyzerType.CUSTOM
        && (tokenizer != TokenizerKind.STANDARD
            || lowerCase == false
            || stemmer != Stemmer.NONE
            || minLength != 1)) {
      throw new IllegalArgumentException(
          "the analyzer ["
              + type.lowerCaseName()
              + "] must come without a tokenizer, a stemmer and a minimal length of its own");
    }
  }

  /** A custom analyzer that leaves markup alone. */
  public AnalyzerSpec(
      TokenizerKind tokenizer,
      boolean lowerCase,
      List<String> stopWords,
      Stemmer stemmer,
      int minLength) {
    this(AnalyzerType.CUSTOM, false, tokenizer, lowerCase, stopWords, stemmer, minLength);
  }

  /** The analyzer of a language, as Elasticsearch has it. */
  public static AnalyzerSpec of(AnalyzerType language) {
    return of(language, false, language.stopWords());
  }

  private static AnalyzerSpec of(AnalyzerType language, boolean htmlStrip, List<String> stopWords) {
    return new AnalyzerSpec(
        language, htmlStrip, TokenizerKind.STANDARD, true, stopWords, Stemmer.NONE, 1);
  }

  /** Its name for people: that of the language, or the parts of a custom one. */
  public String name() {
    String name =
        type == AnalyzerType.CUSTOM
            ? "custom (tokenizer " + name(tokenizer) + ", stemmer " + name(stemmer) + ")"
            : name(type);
    return "[" + name + "]" + (htmlStrip ? " with html_strip" : "");
  }

  /** This analyzer, with HTML stripped or not. */
  public AnalyzerSpec withHtmlStrip(boolean strip) {
    return new AnalyzerSpec(type, strip, tokenizer, lowerCase, stopWords, stemmer, minLength);
  }

  /**
   * Words of two or more characters, lower-cased, without English stop words, not stemmed.
   *
   * <p>No constant of this class: in a node, which reads its specs from models, Lucene is a module
   * that does not open its word lists, and this class must load there all the same.
   */
  public static AnalyzerSpec defaults() {
    return new AnalyzerSpec(TokenizerKind.WORD, true, StopWords.of("english"), Stemmer.NONE, 2);
  }

  /**
   * A named stop word list.
   *
   * @param language "none", a language that has a Snowball list, such as "english" or "german", or
   *     another {@link AnalyzerType}, whose own list this is
   * @throws IllegalArgumentException for any other name
   */
  public static List<String> stopWords(String language) {
    return StopWords.of(language);
  }

  /** The properties from which {@link #fromProperties} makes an equal specification. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put(STOP_WORDS, String.join(" ", stopWords));
    if (htmlStrip) {
      properties.put(CHAR_FILTER, HTML_STRIP);
    }
    if (type == AnalyzerType.CUSTOM) {
      properties.put(TOKENIZER, name(tokenizer));
      properties.put(LOWER_CASE, Boolean.toString(lowerCase));
      properties.put(STEMMER, name(stemmer));
      properties.put(MIN_LENGTH, Integer.toString(minLength));
    } else {
      properties.put(TYPE, name(type));
    }
    return properties;
  }

  /**
   * The specification with these properties. One without a type is custom.
   *
   * @throws IllegalArgumentException when a property is missing, unknown or not valid
   */
  public static AnalyzerSpec fromProperties(Map<String, String> properties) {
    for (String key : properties.keySet()) {
      if (KEYS.contains(key) == false) { // it may change terms, and so codes
        throw new IllegalArgumentException("analyzer property [" + key + "] is unknown");
      }
    }
    AnalyzerType type =
        parse(AnalyzerType.class, TYPE, properties.getOrDefault(TYPE, name(AnalyzerType.CUSTOM)));
    String words = required(properties, STOP_WORDS);
    List<String> stopWords = words.isEmpty() ? List.of() : List.of(words.split(" "));
    boolean htmlStrip = parseCharFilter(properties.get(CHAR_FILTER));
    if (type != AnalyzerType.CUSTOM) {
      return of(type, htmlStrip, stopWords);
    }
    return new AnalyzerSpec(
        type,
        htmlStrip,
        parse(TokenizerKind.class, TOKENIZER, required(properties, TOKENIZER)),
        parseBoolean(LOWER_CASE, required(properties, LOWER_CASE)),
        stopWords,
        parse(Stemmer.class, STEMMER, required(properties, STEMMER)),
        parseInt(MIN_LENGTH, required(properties, MIN_LENGTH)));
  }

  private static boolean parseCharFilter(String value) {
    if (value != null && value.equals(HTML_STRIP) == false) {
      throw new IllegalArgumentException(
          "[" + CHAR_FILTER + "] must be [" + HTML_STRIP + "], got [" + value + "]");
    }
    return value != null;
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String required(Map<String, String> properties, String key) {
    String value = properties.get(key);
    if (value == null) {
      throw new IllegalArgumentException("analyzer property [" + key + "] is missing");
    }
    return value;
  }

  private static <E extends Enum<E>> E parse(Class<E> type, String key, String value) {
    for (E constant : type.getEnumConstants()) {
      if (name(constant).equals(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("[" + key + "] is unknown: [" + value + "]");
  }

  private static boolean parseBoolean(String key, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "[" + key + "] must be [true] or [false], got [" + value + "]");
    };
  }

  private static int parseInt(String key, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "[" + key + "] must be a whole number, got [" + value + "]", e);
    }
  }

  /** Named stop word lists: those of the Snowball project that Lucene ships, or of analyzers. */
  static final class StopWords {

    private StopWords() {}

    /** The list of a language, sorted; "none" is the empty list. */
    static List<String> of(String language) {
      if (language.equals("none")) {
        return List.of();
      }
      if (language.matches("[a-z]+") == false) {
        throw unknown(language);
      }
      try (InputStream in = SnowballFilter.class.getResourceAsStream(language + "_stop.txt")) {
        if (in != null) {
          return sorted(
              WordlistLoader.getSnowballWordSet(new InputStreamReader(in, StandardCharsets.UTF_8)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return AnalyzerType.find(language).orElseThrow(() -> unknown(language)).stopWords();
    }

    static List<String> sorted(CharArraySet words) {
      List<String> list = new ArrayList<>(words.size());
      for (Object word : words) {
        list.add(new String((char[]) word));
      }
      list.sort(null);
      return List.copyOf(list);
    }

    private static IllegalArgumentException unknown(String language) {
      return new IllegalArgumentException(
          "[stop_words] must be [none] or a language that has a list such as [english], got ["
              + language
              + "]");
    }
  }
}
