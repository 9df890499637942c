// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.Stemmer;
import org.semantichash.analysis.TokenizerKind;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.trainer.features.Features.FeatureOptions;
import picocli.CommandLine.Option;

/** How texts become vectors; names as in scikit-learn. */
final class FeatureArguments {

  @Option(
      names = "--tokenizer",
      defaultValue = "word",
      description =
          "The tokenizer: word (letters, digits, _), standard (Unicode UAX 29), letter or"
              + " whitespace."
              + " Default: ${DEFAULT-VALUE}")
  private TokenizerKind tokenizer;

  @Option(
      names = "--lower-case",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Convert all terms to lower case. Default: ${DEFAULT-VALUE}")
  private boolean lowerCase;

  @Option(
      names = "--stop-words",
      defaultValue = "english",
      paramLabel = "LANGUAGE",
      description = "The language whose stop words are dropped, or none. Default: ${DEFAULT-VALUE}")
  private String stopWords;

  @Option(
      names = "--stemmer",
      defaultValue = "none",
      description =
          "The stemmer: none, porter, or a Snowball language such as english or german."
              + " Default: ${DEFAULT-VALUE}")
  private Stemmer stemmer;

  @Option(
      names = "--min-length",
      defaultValue = "2",
      paramLabel = "CHARACTERS",
      description = "The shortest term to keep, in characters. Default: ${DEFAULT-VALUE}")
  private int minLength;

  @Option(
      names = "--min-df",
      defaultValue = "2",
      paramLabel = "N",
      description =
          "The fewest documents a term must occur in; a value below 1 is a share of all documents."
              + " Default: ${DEFAULT-VALUE}")
  private double minDf;

  @Option(
      names = "--max-df",
      defaultValue = "0.5",
      paramLabel = "N",
      description =
          "The largest share of the documents a term may occur in; a value above 1 is a number."
              + " Default: ${DEFAULT-VALUE}")
  private double maxDf;

  @Option(
      names = "--max-features",
      paramLabel = "TERMS",
      description =
          "The size of the vocabulary: the most frequent terms are kept. A model file takes about"
              + " half a kilobyte for each. Default: 3 for each 2 training documents, from 10000"
              + " to 50000")
  private Integer maxFeatures;

  @Option(names = "--binary", description = "A term that occurs counts once. Default: false")
  private boolean binary;

  @Option(names = "--sublinear-tf", description = "A count c weighs 1 + ln(c). Default: false")
  private boolean sublinearTf;

  @Option(
      names = "--use-idf",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Multiply term frequencies by the inverse document frequency. Default:"
              + " ${DEFAULT-VALUE}")
  private boolean useIdf;

  @Option(
      names = "--smooth-idf",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Smooth document frequencies as if one more document contained every term."
              + " Default: ${DEFAULT-VALUE}")
  private boolean smoothIdf;

  @Option(
      names = "--norm",
      defaultValue = "l2",
      description = "The norm of the vectors: l2 or none. Default: ${DEFAULT-VALUE}")
  private TfIdfOptions.Norm norm;

  FeatureOptions toOptions() {
    AnalyzerSpec analyzer =
        new AnalyzerSpec(
            tokenizer, lowerCase, AnalyzerSpec.stopWords(stopWords), stemmer, minLength);
    TfIdfOptions tfIdf = new TfIdfOptions(binary, useIdf, smoothIdf, sublinearTf, norm);
    return new FeatureOptions(analyzer, tfIdf, minDf, maxDf, mostFeatures());
  }

  private int mostFeatures() {
    if (maxFeatures == null) {
      return FeatureOptions.BY_DOCUMENTS;
    }
    if (maxFeatures < 1) {
      throw new IllegalArgumentException(
          "[max_features] must be at least [1], got [" + maxFeatures + "]");
    }
    return maxFeatures;
  }
}
