// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import com.dynatrace.hash4j.hashing.Hashing;
import com.dynatrace.hash4j.similarity.ElementHashProvider;
import com.dynatrace.hash4j.similarity.SimilarityHashPolicy;
import com.dynatrace.hash4j.similarity.SimilarityHashing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.semantichash.TextHasher;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;

/**
 * The codes of models beside two hashes that learn nothing, all from the same terms: those of the
 * first model's analyzer that are in its vocabulary, which the other models share, or its n-grams.
 *
 * <ul>
 *   <li>SimHash (Charikar, "Similarity Estimation Techniques from Rounding Algorithms", 2002), a
 *       term as often as the text has it; so many bits.
 *   <li>MinHash (Broder, 1997) with as many components as bits, of each the lowest bit (Li and
 *       König, "b-Bit Minwise Hashing", 2010: one bit needs the least room where texts share at
 *       least half of their terms). Its threshold is a number of components that differ, which is a
 *       Hamming distance too, so one radius sweeps all three.
 * </ul>
 */
final class Contestants implements AutoCloseable {

  /** Behind the name of a hash that takes the n-grams of the built-in model. */
  private static final String NGRAMS = " n-grams";

  record Contestant(String method, Function<String, BinaryCode> code) {}

  private final EncoderModel model;
  private final Map<String, TextHasher> hashers = new LinkedHashMap<>();
  private final TextAnalyzer analyzer;
  private final int bits;

  /** Opens the models of these files, which must have one width, beside the two hashes. */
  Contestants(List<Path> models) throws IOException {
    for (Path file : models) {
      EncoderModel each = EncoderModel.read(file);
      hashers.put(each.metadata().method(), TextHasher.open(each));
    }
    model = EncoderModel.read(models.get(0));
    analyzer = new TextAnalyzer(model.metadata().analyzer());
    bits = hashers.values().iterator().next().bits();
  }

  List<Contestant> all() {
    List<Contestant> all = new ArrayList<>();
    hashers.forEach(
        (method, hasher) -> all.add(new Contestant(method, text -> hasher.hash(text).code())));
    String suffix = model.metadata().vectorizer().vocabulary().ngrams().isPresent() ? NGRAMS : "";
    all.add(hashed("simhash" + suffix, SimilarityHashing.simHash(bits)));
    all.add(hashed("minhash" + suffix, SimilarityHashing.minHash(bits, 1)));
    return all;
  }

  private Contestant hashed(String method, SimilarityHashPolicy policy) {
    return new Contestant(
        method, text -> BinaryCode.of(policy.createHasher().compute(elements(text)), bits));
  }

  private ElementHashProvider elements(String text) {
    Vocabulary vocabulary = model.metadata().vectorizer().vocabulary();
    if (vocabulary.ngrams().isPresent()) {
      SparseVector buckets = model.metadata().vectorizer().transform(analyzer.terms(text));
      // Neither hash is defined for no features at all.
      return ElementHashProvider.ofFunction(
          i -> Hashing.komihash5_0().hashLongToLong(buckets.size() == 0 ? -1 : buckets.id(i)),
          Math.max(1, buckets.size()));
    }
    List<String> terms =
        analyzer.terms(text).stream().filter(term -> vocabulary.indexOf(term) >= 0).toList();
    // Neither hash is defined for no terms at all.
    return ElementHashProvider.ofCollection(
        terms.isEmpty() ? List.of("") : terms, Hashing.komihash5_0()::hashCharsToLong);
  }

  @Override
  public void close() {
    hashers.values().forEach(TextHasher::close);
    analyzer.close();
  }
}
