// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.snowball.SnowballFilter;

/** Named stop word lists: those of the Snowball project that Lucene ships. */
final class StopWords {

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
      if (in == null) {
        throw unknown(language);
      }
      return sorted(
          WordlistLoader.getSnowballWordSet(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> sorted(CharArraySet words) {
    List<String> list = new ArrayList<>(words.size());
    for (Object word : words) {
      list.add(new String((char[]) word));
    }
    list.sort(null);
    return List.copyOf(list);
  }

  private static IllegalArgumentException unknown(String language) {
    return new IllegalArgumentException(
        "[stop_words] must be [none] or a language with a Snowball list such as [english], got ["
            + language
            + "]");
  }
}
