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
          "word (letters, digits, _), standard (Unicode UAX 29), letter or whitespace."
              + " Default: ${DEFAULT-VALUE}")
  private TokenizerKind tokenizer;

  @Option(
      names = "--lower-case",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Lower-case all terms. Default: ${DEFAULT-VALUE}")
  private boolean lowerCase;

  @Option(
      names = "--stop-words",
      defaultValue = "english",
      paramLabel = "LANGUAGE",
      description = "Drop the stop words of a language, or none. Default: ${DEFAULT-VALUE}")
  private String stopWords;

  @Option(
      names = "--stemmer",
      defaultValue = "none",
      description =
          "none, porter, or a Snowball language such as english or german."
              + " Default: ${DEFAULT-VALUE}")
  private Stemmer stemmer;

  @Option(
      names = "--min-length",
      defaultValue = "2",
      paramLabel = "CHARACTERS",
      description = "Drop shorter terms. Default: ${DEFAULT-VALUE}")
  private int minLength;

  @Option(
      names = "--min-df",
      defaultValue = "2",
      paramLabel = "N",
      description =
          "A term must occur in at least this many documents, or share of them below 1."
              + " Default: ${DEFAULT-VALUE}")
  private double minDf;

  @Option(
      names = "--max-df",
      defaultValue = "0.5",
      paramLabel = "N",
      description =
          "A term may occur in at most this share of the documents, or number of them above 1."
              + " Default: ${DEFAULT-VALUE}")
  private double maxDf;

  @Option(
      names = "--max-features",
      defaultValue = "10000",
      paramLabel = "TERMS",
      description = "Keep the terms that occur most often. Default: ${DEFAULT-VALUE}")
  private int maxFeatures;

  @Option(names = "--binary", description = "A term that occurs counts once. Default: false")
  private boolean binary;

  @Option(names = "--sublinear-tf", description = "A count c weighs 1 + ln(c). Default: false")
  private boolean sublinearTf;

  @Option(
      names = "--use-idf",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Multiply by the inverse document frequency. Default: ${DEFAULT-VALUE}")
  private boolean useIdf;

  @Option(
      names = "--smooth-idf",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Count one more document that holds every term. Default: ${DEFAULT-VALUE}")
  private boolean smoothIdf;

  @Option(
      names = "--norm",
      defaultValue = "l2",
      description = "l2 or none. Default: ${DEFAULT-VALUE}")
  private TfIdfOptions.Norm norm;

  FeatureOptions toOptions() {
    AnalyzerSpec analyzer =
        new AnalyzerSpec(
            tokenizer, lowerCase, AnalyzerSpec.stopWords(stopWords), stemmer, minLength);
    TfIdfOptions tfIdf = new TfIdfOptions(binary, useIdf, smoothIdf, sublinearTf, norm);
    return new FeatureOptions(analyzer, tfIdf, minDf, maxDf, maxFeatures);
  }
}
