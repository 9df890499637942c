// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.semantichash.trainer.corpus.Corpus;
import org.semantichash.trainer.corpus.CorpusOptions;
import org.semantichash.trainer.corpus.StreamedCorpus;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which fields of the input are what. */
final class CorpusArguments {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Mixin private TextFieldArguments textFields;

  @Option(
      names = "--label-field",
      paramLabel = "FIELD",
      description =
          "The field with the label or an array of labels, used only to measure; none ignores"
              + " labels. Default: label, if the input has it")
  private String labelField;

  @Option(
      names = "--id-field",
      defaultValue = "id",
      paramLabel = "FIELD",
      description =
          "The field with the id; documents without one get their line number. Default:"
              + " ${DEFAULT-VALUE}")
  private String idField;

  @Option(
      names = "--duplicate-ids",
      defaultValue = "first",
      paramLabel = "HOW",
      description =
          "first keeps the first document per id and counts the others; fail refuses the input."
              + " Default: ${DEFAULT-VALUE}")
  private CorpusOptions.DuplicateIds duplicateIds;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      defaultValue = "UTF-8",
      description =
          "The encoding of the files, such as ISO-8859-1 or windows-1252. Default:"
              + " ${DEFAULT-VALUE}")
  private Charset encoding;

  @Option(
      names = "--max-documents",
      paramLabel = "N",
      description = "Use a random sample of N documents. Default: all")
  private int maxDocuments = Integer.MAX_VALUE;

  Corpus read(Path input, long seed) {
    Corpus corpus = Corpus.read(input, options(seed));
    tell(corpus.notes());
    return corpus;
  }

  /** The same where labels are of no use: none are looked for. */
  Corpus readTexts(Path input, long seed) {
    labelField = CorpusOptions.NO_LABELS;
    return read(input, seed);
  }

  /** To be read several times, one document at a time. */
  StreamedCorpus open(Path input, long seed) {
    StreamedCorpus corpus = StreamedCorpus.open(input, options(seed));
    tell(corpus.notes());
    return corpus;
  }

  /**
   * The texts that were read from an index. Options for the fields of a file are refused.
   *
   * @param input with the usual fields
   */
  StreamedCorpus openTexts(Path input, long seed) {
    CorpusOptions defaults = CorpusOptions.DEFAULTS;
    StreamedCorpus corpus =
        StreamedCorpus.open(
            input,
            new CorpusOptions(
                defaults.textFields(),
                defaults.labelField(),
                labelOfIndex().isPresent(),
                defaults.idField(),
                duplicateIds,
                maxDocuments,
                seed));
    tell(corpus.notes());
    return corpus;
  }

  /** The field of an index with the labels; none are read unless a field is named. */
  Optional<String> labelOfIndex() {
    for (String option : List.of("--text-field", "--id-field", "--encoding")) {
      if (mixee.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new IllegalArgumentException(
            "[" + option.substring(2) + "] is for files; of an index [field] has the text");
      }
    }
    return Optional.ofNullable(labelField)
        .filter(field -> field.equals(CorpusOptions.NO_LABELS) == false);
  }

  private void tell(List<String> notes) {
    notes.forEach(note -> mixee.commandLine().getErr().println("NOTE: " + note));
  }

  private CorpusOptions options(long seed) {
    boolean labelRequired = labelField != null;
    return new CorpusOptions(
        textFields.names(),
        labelRequired ? labelField : CorpusOptions.DEFAULTS.labelField(),
        labelRequired,
        idField,
        duplicateIds,
        maxDocuments,
        seed,
        encoding);
  }

  /** The seed of a command that trains nothing. */
  static final class SeedArgument {

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "The seed of every random choice. Default: ${DEFAULT-VALUE}")
    private long seed;

    long value() {
      return seed;
    }
  }

  /** Which fields of the input have the text. */
  static final class TextFieldArguments {

    @Option(
        names = "--text-field",
        split = ",",
        defaultValue = "text",
        paramLabel = "FIELD",
        description =
            "The field or column with the text; repeat the option to join several. Default:"
                + " ${DEFAULT-VALUE}")
    private List<String> names;

    List<String> names() {
      return names;
    }
  }
}
