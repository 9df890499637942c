// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.AnalyzerType;
import org.semantichash.analysis.Stemmer;
import org.semantichash.analysis.TokenizerKind;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.trainer.corpus.Corpus.DocumentSource;
import org.semantichash.trainer.features.Features.FeatureOptions;
import org.semantichash.trainer.features.LanguageSample;
import org.semantichash.trainer.features.LanguageSample.FoundLanguage;
import picocli.CommandLine.Option;

/** How texts become vectors; names as in scikit-learn. */
final class FeatureArguments {

  private static final String AUTO = "auto";

  /** The share of texts with tags that is worth a note. */
  private static final double MUCH_MARKUP = 0.1;

  private static final String CUSTOM_OPTIONS =
      "--tokenizer, --lower-case, --stop-words, --stemmer or --min-length";

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      description =
          "The language of the texts, by the name of Elasticsearch's analyzer, such as german or"
              + " cjk (Chinese, Japanese, Korean): texts become terms as that analyzer makes them."
              + " auto finds the language in a sample; English gets words without a stemmer, which"
              + " are read fastest. Default: auto, unless one of "
              + CUSTOM_OPTIONS
              + " is given")
  private String language;

  @Option(
      names = "--char-filter",
      paramLabel = "FILTER",
      description =
          "html_strip leaves out the tags of HTML and XML and decodes entities, in training and in"
              + " every text that is hashed with the model. Default: none")
  private CharFilter charFilter = CharFilter.NONE;

  @Option(
      names = "--tokenizer",
      description =
          "The tokenizer: word (letters, digits, _), standard (Unicode UAX 29), letter or"
              + " whitespace."
              + " Default: word")
  private TokenizerKind tokenizer;

  @Option(
      names = "--lower-case",
      negatable = true,
      fallbackValue = "true",
      description = "Convert all terms to lower case. Default: true")
  private Boolean lowerCase;

  @Option(
      names = "--stop-words",
      paramLabel = "LANGUAGE",
      description = "The language whose stop words are dropped, or none. Default: english")
  private String stopWords;

  @Option(
      names = "--stemmer",
      description =
          "The stemmer: none, porter, or a Snowball language such as english or german."
              + " Default: none")
  private Stemmer stemmer;

  @Option(
      names = "--min-length",
      paramLabel = "CHARACTERS",
      description = "The shortest term to keep, in characters. Default: 2")
  private Integer minLength;

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
      defaultValue = "10000",
      paramLabel = "TERMS",
      description =
          "The size of the vocabulary: the most frequent terms are kept. Default:"
              + " ${DEFAULT-VALUE}")
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

  /** The options, with the analyzer that is used if {@link #chooseAnalyzer} finds no language. */
  FeatureOptions toOptions() {
    TfIdfOptions tfIdf = new TfIdfOptions(binary, useIdf, smoothIdf, sublinearTf, norm);
    return new FeatureOptions(
        analyzer().withHtmlStrip(charFilter == CharFilter.HTML_STRIP),
        tfIdf,
        minDf,
        maxDf,
        maxFeatures);
  }

  private AnalyzerSpec analyzer() {
    if (language != null && isCustom()) {
      throw new IllegalArgumentException(
          "[language] must not be given with " + CUSTOM_OPTIONS + ": it says all of these");
    }
    if (language != null && language.equals(AUTO) == false) {
      return AnalyzerSpec.of(AnalyzerType.ofLanguage(language));
    }
    AnalyzerSpec defaults = AnalyzerSpec.defaults();
    return new AnalyzerSpec(
        tokenizer == null ? defaults.tokenizer() : tokenizer,
        lowerCase == null ? defaults.lowerCase() : lowerCase,
        stopWords == null ? defaults.stopWords() : AnalyzerSpec.stopWords(stopWords),
        stemmer == null ? defaults.stemmer() : stemmer,
        minLength == null ? defaults.minLength() : minLength);
  }

  private boolean isCustom() {
    return Stream.of(tokenizer, lowerCase, stopWords, stemmer, minLength)
        .anyMatch(Objects::nonNull);
  }

  /**
   * The options with the analyzer for the language of the texts, unless it was given.
   *
   * @param err gets a line that says what was chosen and why
   */
  FeatureOptions chooseAnalyzer(FeatureOptions options, DocumentSource texts, PrintWriter err) {
    if (isCustom() || (language != null && language.equals(AUTO) == false)) {
      return options;
    }
    LanguageSample sample = LanguageSample.of(texts);
    Optional<FoundLanguage> found = sample.language();
    AnalyzerSpec chosen =
        found
            .map(FoundLanguage::type)
            .filter(type -> type != AnalyzerType.ENGLISH)
            .map(AnalyzerSpec::of)
            .orElse(options.analyzer())
            .withHtmlStrip(options.analyzer().htmlStrip());
    err.println(
        found.map(known -> "language " + known).orElse("no language is clear, see --language")
            + "; analyzer "
            + chosen.name());
    if (sample.markup() >= MUCH_MARKUP && chosen.htmlStrip() == false) {
      err.printf(
          Locale.ROOT,
          "NOTE: %.0f %% of the texts hold tags of HTML: --char-filter html_strip leaves them out%n",
          100 * sample.markup());
    }
    return options.withAnalyzer(chosen);
  }

  /** What a text goes through before it is cut. */
  enum CharFilter {
    NONE,
    HTML_STRIP
  }
}
