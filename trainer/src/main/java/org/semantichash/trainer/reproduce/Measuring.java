// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.List;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.report.CodeStatistics;
import org.semantichash.trainer.report.Evaluation;
import org.semantichash.trainer.report.RetrievalEvaluator;
import org.semantichash.trainer.report.RetrievalScore;

/** Makes rows: trains where something is to be trained, then looks at the test part once. */
final class Measuring {

  private final MethodRunner runner;
  private final Origin origin;

  Measuring(MethodRunner runner, Origin origin) {
    this.runner = runner;
    this.origin = origin;
  }

  Row measure(Cell cell, Features features) {
    return Reference.of(cell.key())
        .map(reference -> reference(reference, cell, features))
        .orElseGet(() -> learned(cell, features));
  }

  private Row reference(Reference reference, Cell cell, Features features) {
    RetrievalEvaluator evaluator = evaluator(features);
    Precision precision =
        switch (reference) {
          case COSINE ->
              precision(evaluator.cosine(features.test().vectors(), features.training().vectors()));
          case CHANCE -> precision(evaluator.randomOrder());
        };
    return row(cell, precision, Course.NONE, CodeUse.NONE, features);
  }

  private Row learned(Cell cell, Features features) {
    RowKey key = cell.key();
    Outcome outcome =
        runner.run(
            key.method(), key.supervised(), cell.options(), key.bits(), key.seed(), features);
    List<BinaryCode> database = outcome.encoder().encode(features.training().vectors());
    List<BinaryCode> queries = outcome.encoder().encode(features.test().vectors());
    outcome.encoder().close();
    return row(
        cell,
        precision(evaluator(features).codes(queries, database)),
        outcome.course(),
        CodeUse.of(CodeStatistics.of(database)),
        features);
  }

  private static RetrievalEvaluator evaluator(Features features) {
    return new RetrievalEvaluator(
        features.test().labels(), features.training().labels(), Evaluation.DEFAULT_K);
  }

  private static Precision precision(RetrievalScore score) {
    SpecCheck.require(score.queries() > 0, "label_field", "name a field that labels have", 0);
    return Precision.of(score);
  }

  private Row row(Cell cell, Precision precision, Course course, CodeUse codes, Features features) {
    Row.Setup setup = new Row.Setup(cell.options(), null, null, cell.definition());
    return new Row(cell.key(), setup, precision, course, codes, Parts.of(features), origin)
        .in(cell);
  }
}
