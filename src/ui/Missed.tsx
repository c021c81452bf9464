// A word about the language that was chosen and did not come.
import { useLoaded, useWords } from '../text';

export function Missed() {
  const words = useWords();
  const { language, missed } = useLoaded();
  if (!missed || !language) return null;
  return (
    <p className="panel">
      {words('server.language', { wanted: words(`settings.languages.${missed}`), shown: words(`settings.languages.${language}`) })}{' '}
      <button type="button" className="pushed quiet" onClick={() => useLoaded.setState({ missed: undefined })}>
        {words('museum.close')}
      </button>
    </p>
  );
}
