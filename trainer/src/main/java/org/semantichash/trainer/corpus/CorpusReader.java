// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import java.io.IOException;
import java.nio.file.Path;

/** Reads one kind of input. */
interface CorpusReader {

  /** Hands every document to the sink. */
  InputDigest read(Path input, DocumentSink sink) throws IOException;
}
