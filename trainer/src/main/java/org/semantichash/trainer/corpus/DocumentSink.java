// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

/** Takes the documents of an input one by one, in the order of the input. */
interface DocumentSink {

  /** Takes a document that stands at this place. */
  void accept(Document document, Place place);
}
