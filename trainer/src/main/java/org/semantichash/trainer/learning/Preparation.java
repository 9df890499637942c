// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

/** Hears how far the work before the first epoch is, from any thread. */
public interface Preparation {

  /** Hears nothing. */
  Preparation NONE = (documents, of) -> {};

  /**
   * Some more documents are done.
   *
   * @param documents how many are done in all
   * @param of how many there are
   * @throws java.util.concurrent.CancellationException when the work is to be given up
   */
  void onDocuments(int documents, int of);
}
