// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import org.apache.lucene.util.SetOnce;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.semantichash.plugin.models.TextHashing;

/** The code of a query's text or document, which is asked for when the query is rewritten. */
final class PendingCode {

  /**
   * What is searched for.
   *
   * @param code in hexadecimal, with the digest of its model where that is known
   * @param model the model that the code is of, or null
   * @param emptyText whether the model knows no term of the text
   */
  record Found(String code, String model, boolean emptyText) {}

  private final SetOnce<Found> found = new SetOnce<>();

  private PendingCode() {}

  /**
   * Reads the code of a document.
   *
   * @param model the model named by the query, or null
   */
  static PendingCode ofDocument(
      LikeDocument document, String field, String model, QueryRewriteContext context) {
    PendingCode pending = new PendingCode();
    context.registerAsyncAction(
        (client, listener) ->
            document.code(
                client,
                field,
                pending.before(listener).map(code -> new Found(code, model, false))));
    return pending;
  }

  /** Hashes a text. */
  static PendingCode ofText(
      String text, TextCode textCode, TextHashing hashing, QueryRewriteContext context) {
    PendingCode pending = new PendingCode();
    String model = textCode.model().value();
    context.registerAsyncAction(
        (client, listener) ->
            textCode.hash(
                text,
                hashing,
                pending
                    .before(listener)
                    .map(
                        hashed -> new Found(hashed.code().toString(), model, hashed.emptyText()))));
    return pending;
  }

  /** Takes the code, and then tells the rewriting, which wants no value. */
  private <T> ActionListener<Found> before(ActionListener<T> rewriting) {
    return rewriting.map(
        code -> {
          found.set(code);
          return null;
        });
  }

  /** The code, or null as long as it is on its way. */
  Found found() {
    return found.get();
  }
}
