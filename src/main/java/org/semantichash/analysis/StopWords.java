/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
