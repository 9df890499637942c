// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

/** Hears how far it is. */
public interface Progress {

  /** A walk through so many documents begins. */
  void begins(String what, long documents);

  /** So many of them are through; from several threads. */
  void through(long documents);
}
